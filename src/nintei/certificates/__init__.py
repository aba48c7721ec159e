"""The documents: the certificate as PDF with its QR, later credentials and lists.

Must never be the authority on status: the registry is.
"""
