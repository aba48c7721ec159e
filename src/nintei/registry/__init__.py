"""Exam passes, certifications held, validity and status; public verification.

Status changes are appended, never edited; nothing is valid when unknown.
"""
