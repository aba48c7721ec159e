"""Whether a certificate is good on a day, without asking anybody: PDF, credential, token, QR, baked badge.

Needs no database, no framework, no network: only a reader's trust (`trust.json`: keys, names, the last lists).
The answer is valid, not valid or unknown, and never valid where anything is unknown.
"""
