"""Providers and the courses the association accredits or hosts, by the day.

Must never credit points: it tells the ledger that attendance was confirmed.
"""
