"""Who did what, when: append-only leaves in a Merkle tree that anyone can check.

Knows actor and subject as plain text; knows nobody, blocks nothing; a leaf is never changed.
"""
