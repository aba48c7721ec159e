"""First applications and renewals: draft, submitted, accepted, reviewed, decided.

A machine never decides; reviewer and decider are two people.
"""
