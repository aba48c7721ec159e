"""What rooms upstairs may tell the signer beforehand: after which leaves it shall not wait for the hour."""

HURRIED: set[str] = set()
"""Verbs whose leaves are signed within seconds."""


def sign_soon_after(*verbs: str) -> None:
    """Called in a room's `apps.py`. The key stays with the signer alone: nobody else signs to be quicker."""
    HURRIED.update(verbs)
