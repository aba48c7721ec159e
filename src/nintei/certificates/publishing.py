"""The public lists and keys as files: rebuilt whole from the registry, written before anybody is told of them.

<folder>/status/<purpose>/<number>   Bitstring Status Lists (revocation, suspension), signed credentials
<folder>/days                        from which day on a place is what, and which leaves were issued (a JWT)
<folder>/trust.json                  keys, names and these lists together: all that checking offline needs
<folder>/did.json                    the DID document (did:web)
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from nintei.certificates import keyring, places, queries
from nintei.certificates.credentials import dataintegrity, jose, multikey, statuslist
from nintei.certificates.keyring import Keys
from nintei.certificates.queries import Told
from nintei.journal.keys import KeyMissing, public_keys
from nintei.journal.tiles import write
from nintei.rules.dates import StatusCode
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition

GOOD_FOR = timedelta(days=7)
"""How long a list says anything. The association's choice; the worker signs a new one every five minutes (`TTL`)."""
TTL = 5 * 60 * 1000
CODES = {"revocation": StatusCode.REVOKED, "suspension": StatusCode.SUSPENDED}


def publish(at: datetime) -> int:
    """Build and write every list as of `at`; how many places they have. Raises `keyring.NoSuchKey`."""
    pair = keyring.current(places.keys_folder())
    if pair is None:
        return 0
    keys = keyring.keys_of(places.keys_folder(), pair.number)
    at = at.astimezone(JST).replace(microsecond=0)
    told = list(queries.told(at.date()))
    lists = {
        f"{purpose}/{number}": _list(keys, purpose, number, told, at)
        for number in sorted({each.number for each in told} | {1})
        for purpose in statuslist.PURPOSES
    }
    days = _days(keys, told, at)
    folder = places.lists_folder()
    for name, credential in lists.items():
        write(folder / "status" / name, _json(credential))
    write(folder / "days", days.encode())
    write(folder / "did.json", _json(did_document()))
    write(folder / "trust.json", _json(trust(at, lists, days)))
    return len(told)


def trust(at: datetime, lists: dict[str, Any], days: str) -> dict[str, Any]:
    """What a reader needs to check offline; whom to trust is theirs to say, so it is fetched once and kept."""
    name = edition(at.date()).name
    try:
        journal = [str(key) for key in public_keys()]
    except KeyMissing:
        journal = []
    return {
        "version": 1,
        "made_at": at.isoformat(),
        "name": {"ja": name.ja, "en": name.en},
        "base": settings.BASE_URL,
        "rulebook": settings.RULEBOOK,
        "issuers": places.dids(),
        "keys": keyring.listed(keyring.ring(places.keys_folder())),
        "journal": {"origin": settings.JOURNAL_ORIGIN, "keys": journal},
        "lists": lists,
        "days": days,
    }


def did_document() -> dict[str, Any]:
    """The DID document: every key there was, since what an old one signed stays signed; the journal dates it."""
    pairs = keyring.ring(places.keys_folder())
    methods = [
        {
            "id": places.method(pair),
            "type": "Multikey",
            "controller": places.did(pair),
            "publicKeyMultibase": multikey.multikey(pair.public),
        }
        for pair in pairs
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": places.did(pairs[-1]),
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }


def _list(keys: Keys, purpose: str, number: int, told: list[Told], at: datetime) -> dict[str, Any]:
    set_ = [each.bit for each in told if each.number == number and _now(each, at) == CODES[purpose]]
    unsigned = statuslist.credential(
        url=statuslist.list_url(settings.BASE_URL, purpose, number),
        issuer=places.did(keys.pair),
        purpose=purpose,
        indexes=set_,
        valid_from=at.isoformat(),
        valid_until=(at + GOOD_FOR).isoformat(),
        ttl=TTL,
    )
    return dataintegrity.sign(unsigned, keys.ed25519, places.method(keys.pair), at.isoformat())


def _now(told: Told, at: datetime) -> StatusCode | None:
    begun = [code for day, code in told.days if day <= at.date()]
    return begun[-1] if begun else None


def _days(keys: Keys, told: list[Told], at: datetime) -> str:
    """A JWT: for each place the leaves of its certificates and, where its state is not plain, its days."""
    found: dict[str, dict[str, Any]] = {}
    for each in told:
        row: dict[str, Any] = {"leaves": each.leaves}
        if each.days:
            row["days"] = [[day.isoformat(), code.value] for day, code in each.days]
        found.setdefault(str(each.number), {})[str(each.bit)] = row
    claims = {
        "iss": places.did(keys.pair),
        "iat": int(at.timestamp()),
        "exp": int((at + GOOD_FOR).timestamp()),
        "places": found,
    }
    return jose.sign(claims, keys.ed25519, places.method(keys.pair), "nintei-days+jwt")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
