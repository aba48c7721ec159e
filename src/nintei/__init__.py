"""Nintei (認定): a professional certification, from exam pass to renewal."""

__version__ = "0.1.0"
