"""An Ed25519 key as others write it: multibase base58 (W3C Multikey), did:key, did:web. Pure."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"


class NoKey(ValueError):
    """A text that is not an Ed25519 key."""


def base58(data: bytes) -> str:
    """Bitcoin's base58, with a `1` for each leading zero byte.

    >>> base58(b"\\x00\\x00hello")
    '11Cn8eVZg'
    """
    number, digits = int.from_bytes(data, "big"), []
    while number:
        number, rest = divmod(number, 58)
        digits.append(ALPHABET[rest])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(digits))


def from_base58(text: str) -> bytes:
    """The bytes again. Raises `NoKey` for another letter, or for more than a signature has."""
    if len(text) > 120 or any(letter not in ALPHABET for letter in text):
        raise NoKey("not base58")
    number = 0
    for letter in text:
        number = number * 58 + ALPHABET.index(letter)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(public: bytes) -> str:
    """A public key of 32 bytes as `z6Mk…`."""
    return "z" + base58(ED25519 + public)


def from_multikey(text: str) -> bytes:
    """The 32 bytes of `z6Mk…`. Raises `NoKey`."""
    raw = from_base58(text[1:]) if text.startswith("z") else b""
    if len(raw) != 34 or raw[:2] != ED25519:
        raise NoKey("not an Ed25519 multikey")
    return raw[2:]


def did_key(public: bytes) -> str:
    """The DID that is the key itself: for trials, and where there is no web address to keep."""
    return f"did:key:{multikey(public)}"


def did_web(base_url: str) -> str:
    """The DID of a web address.

    >>> did_web("https://nintei.example.jp"), did_web("https://example.jp:8443/office")
    ('did:web:nintei.example.jp', 'did:web:example.jp%3A8443:office')
    """
    parts = urlsplit(base_url)
    return ":".join(["did:web", quote(parts.netloc, safe=""), *filter(None, parts.path.split("/"))])


def method(did: str, kid: int, public: bytes) -> str:
    """The name of a key under its DID: the key's own fragment for did:key, `#key-n` else."""
    return f"{did}#{did.removeprefix('did:key:')}" if did.startswith("did:key:") else f"{did}#key-{kid}"
