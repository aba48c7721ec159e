"""A Bitstring Status List (W3C, 2025): 131,072 states in one signed file, the first one the leftmost bit. Pure.

The bit order is what a widely used platform got wrong: index 0 is the most significant bit of the first byte.
"""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Iterable
from typing import Any

from nintei.certificates.credentials.jsonld import VC, Unreadable

LENGTH = 131_072
PURPOSES = ("revocation", "suspension")


def encoded(indexes: Iterable[int]) -> str:
    """The list with these bits set: multibase base64url of the gzip of 16 KiB; the same bits, the same text."""
    bits = bytearray(LENGTH // 8)
    for index in indexes:
        if not 0 <= index < LENGTH:
            raise ValueError(f"no place {index} in a list of {LENGTH}")
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), 9, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def bits_of(text: str) -> bytes:
    """The 16 KiB again, never more. Raises `Unreadable` for anything else."""
    if not isinstance(text, str) or not text.startswith("u"):
        raise Unreadable("list", "not multibase base64url")
    try:
        packed = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
        bits = zlib.decompressobj(wbits=31).decompress(packed, LENGTH // 8 + 1)
    except (ValueError, zlib.error) as error:
        raise Unreadable("list", "not the gzip of a list") from error
    if len(bits) != LENGTH // 8:
        raise Unreadable("list", f"{len(bits)} bytes or more, wanted {LENGTH // 8}")
    return bits


def bit(bits: bytes, index: object) -> bool:
    """The state at a place, given as VC has it: a text of digits. Raises `Unreadable` out of range."""
    text = index if isinstance(index, str) else ""
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) >= LENGTH:
        raise Unreadable("index", f"no place {index!r} in a list of {LENGTH}")
    return bool(bits[int(text) // 8] & 0x80 >> int(text) % 8)


def credential(
    *,
    url: str,
    issuer: str,
    purpose: str,
    indexes: Iterable[int],
    valid_from: str,
    valid_until: str,
    ttl: int,
) -> dict[str, Any]:
    """The list as an unsigned credential; `ttl` in milliseconds, how long a reader may keep it."""
    return {
        "@context": [VC],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": valid_from,
        "validUntil": valid_until,
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(indexes),
            "ttl": ttl,
        },
    }


def entries(base: str, number: int, index: int) -> list[dict[str, str]]:
    """What a credential says about where its states stand: one entry a purpose, the index as text."""
    found = []
    for purpose in PURPOSES:
        url = list_url(base, purpose, number)
        found.append(
            {
                "id": f"{url}#{index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(index),
                "statusListCredential": url,
            }
        )
    return found


def list_url(base: str, purpose: str, number: int) -> str:
    """Where a list can be fetched."""
    return f"{base}/credentials/status/{purpose}/{number}"
