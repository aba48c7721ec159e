"""Accounts, names (kanji, kana, Latin, former), roles and sign-in by mailed code.

Must never decide what somebody may see in another room: it only says who they are.
"""
