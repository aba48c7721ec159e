"""The secrets of an attestor's link and of a printed form: of a link only a hash is kept. Pure."""

from __future__ import annotations

import hashlib
import secrets

# No I, L, O and U: nobody reads them wrong from paper, and no word comes out.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_token() -> str:
    """256 random bits for a link."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def new_code() -> str:
    """A code for a printed form: 11 random signs (55 bits) and one that tells a slip of the eye."""
    body = "".join(secrets.choice(LETTERS) for _ in range(11))
    return body + _check(body)


def shown(code: str) -> str:
    """A code as it is printed.

    >>> shown("0123456789AY")
    '0123-4567-89AY'
    """
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def read_code(typed: str) -> str | None:
    """The code somebody typed, with or without its dashes; None where it cannot be one.

    >>> read_code("0123 4567-89ay"), read_code("oi23-4567-89AY"), read_code("0123-4567-89AB")
    ('0123456789AY', '0123456789AY', None)
    """
    code = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(ALIKE)
    whole = len(code) == 12 and all(sign in LETTERS for sign in code)
    return code if whole and code[-1] == _check(code[:-1]) else None


def _check(body: str) -> str:
    """A weighted sum modulo a prime: a wrong sign, or two that changed places, gives another (but for 0 and Z)."""
    return LETTERS[sum((i + 2) * LETTERS.index(sign) for i, sign in enumerate(body)) % 31]
