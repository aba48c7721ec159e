"""Letters and mails: templates, the outbox, what was sent to whom.

Must never send inside a transaction: a mail is written to the outbox and leaves by the worker.
"""
