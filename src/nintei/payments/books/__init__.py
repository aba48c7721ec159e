"""The books in the abstract, without a database: the accounts, and what each event posts to them.

Sum of an event's postings: zero, always. The layouts of other programs stand beside, as data.
"""
