"""Fees due, bank lines, matching and settling.

Must never guess: what is not number, name and exact amount goes to a person.
"""
