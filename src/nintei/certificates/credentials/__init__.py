"""Credentials that others can read: W3C VC 2.0 / Open Badges 3.0, signed; lists of states; the QR's payload.

Pure: no database, no framework, no network. Contexts are the ones committed beside us, and no others.
"""
