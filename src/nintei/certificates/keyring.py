"""The keys that sign: one Ed25519 (credentials, lists, QR) and one P-256 with its certificate (PDF), by number.

Each pair is two files that only their owner can read, apart from the journal's key; `ring.json` beside them lists
every pair there was, with its days, and anybody may read it. Needs no database and no framework.
"""

from __future__ import annotations

import base64
import fcntl
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from nintei.journal.tiles import write

YEARS = 30
"""How long a certificate of ours runs: what ends a key is the ring, not this."""


class NoSuchKey(RuntimeError):
    """A private key that is wanted and not there: a restore without its keys, or one that was forgotten."""


class Pair(NamedTuple):
    """The public side of a pair. Instants are ISO texts in JST; `until` is empty while it may sign."""

    number: int
    public: bytes
    certificate: bytes
    since: str
    until: str = ""


class Keys(NamedTuple):
    """A pair with its private sides."""

    pair: Pair
    ed25519: Ed25519PrivateKey
    p256: ec.EllipticCurvePrivateKey


def ring(folder: Path) -> list[Pair]:
    """Every pair there was, the oldest first; empty before the first."""
    place = folder / "ring.json"
    return pairs_of(json.loads(place.read_text("utf-8"))) if place.exists() else []


def current(folder: Path) -> Pair | None:
    """The pair that signs now."""
    open_ones = [pair for pair in ring(folder) if not pair.until]
    return open_ones[-1] if open_ones else None


def keys_of(folder: Path, number: int) -> Keys:
    """A pair with its private keys. Raises `NoSuchKey`."""
    pair = next((pair for pair in ring(folder) if pair.number == number), None)
    if pair is None or not (folder / f"{number}.ed25519").exists():
        raise NoSuchKey(f"the private key {number} is not in {folder.name}/: bring it back from a backup")
    p256 = serialization.load_der_private_key((folder / f"{number}.p256").read_bytes(), None)
    assert isinstance(p256, ec.EllipticCurvePrivateKey)
    ed25519 = Ed25519PrivateKey.from_private_bytes((folder / f"{number}.ed25519").read_bytes())
    return Keys(pair, ed25519, p256)


def first(folder: Path, name: str, at: datetime) -> Pair:
    """The very first pair; of two makers both get the same one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return current(folder) or make(folder, name, at)


def make(folder: Path, name: str, at: datetime) -> Pair:
    """A new pair that signs from now on; the one before it may finish what it began and starts nothing new.

    The private keys are on the disk before the ring names them: a pair that nobody can use is never current.
    """
    before = ring(folder)
    number = max((pair.number for pair in before), default=0) + 1
    ed25519, p256 = Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write(folder / f"{number}.ed25519", ed25519.private_bytes_raw(), mode=0o600)
    write(folder / f"{number}.p256", _der(p256), mode=0o600)
    pair = Pair(number, ed25519.public_key().public_bytes_raw(), _certificate(p256, name, at), at.isoformat())
    closed = [each if each.until else each._replace(until=at.isoformat()) for each in before]
    write(folder / "ring.json", _listed([*closed, pair]))
    return pair


def forget(folder: Path, number: int) -> None:
    """Delete the private keys of a pair that signs no more; its public side stays listed for ever."""
    pair = next((pair for pair in ring(folder) if pair.number == number), None)
    if pair is None or not pair.until:
        raise NoSuchKey(f"{number} is no key that was replaced")
    for kind in ("ed25519", "p256"):
        (folder / f"{number}.{kind}").unlink(missing_ok=True)


def listed(pairs: list[Pair]) -> list[dict[str, object]]:
    """Pairs as JSON, for the ring's file and for readers' trust."""
    return [
        {
            "number": pair.number,
            "public": base64.b64encode(pair.public).decode(),
            "certificate": base64.b64encode(pair.certificate).decode(),
            "since": pair.since,
            "until": pair.until,
        }
        for pair in pairs
    ]


def pairs_of(rows: list[dict[str, object]]) -> list[Pair]:
    """Pairs from their JSON."""
    return [
        Pair(
            int(str(row["number"])),
            base64.b64decode(str(row["public"])),
            base64.b64decode(str(row["certificate"])),
            str(row["since"]),
            str(row["until"]),
        )
        for row in rows
    ]


def _listed(pairs: list[Pair]) -> bytes:
    return json.dumps(listed(pairs), indent=1).encode()


def _der(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _certificate(key: ec.EllipticCurvePrivateKey, name: str, at: datetime) -> bytes:
    """A self-signed certificate: readers compare it with the ring, no authority vouches for it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:60])])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=366 * YEARS))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)
