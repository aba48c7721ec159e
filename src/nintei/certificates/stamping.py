"""Time stamps on signatures (RFC 3161): whether a server that is named answers. A stamp is asked for in `pades`."""

from __future__ import annotations


class NoTimeStamp(RuntimeError):
    """The time-stamp server that is named gave none: nothing is signed without it, it is asked again later."""


def answers(address: str) -> str:
    """Ask for a stamp of nothing in particular; what went wrong, in words, empty where one came."""
    import asyncio
    import hashlib
    from concurrent.futures import ThreadPoolExecutor

    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    digest = hashlib.sha256(b"nintei doctor").digest()
    asked = HTTPTimeStamper(address, timeout=5).async_timestamp(digest, "sha256")
    try:
        # A thread of its own, as in `pades`: a second loop may not run beside a browser test's.
        with ThreadPoolExecutor(1) as beside:
            beside.submit(asyncio.run, asked).result()
    except TimestampRequestError as fault:
        return f"{fault} {fault.__cause__ or ''}".strip()
    return ""
