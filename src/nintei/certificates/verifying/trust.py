"""What a reader trusts: whose keys, which journal, and the last lists they have. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any

from nintei.certificates.credentials import jose, multikey, statuslist
from nintei.certificates.credentials.dataintegrity import NotSigned, check, proof_of
from nintei.certificates.credentials.jsonld import Unreadable
from nintei.certificates.keyring import Pair, pairs_of
from nintei.journal import notes
from nintei.rules.dates import StatusCode
from nintei.shared.japan import JST


class NoTrust(ValueError):
    """A file that is no `trust.json`."""


class Listed:
    """A signed list, read: when it was made, how long it says anything, what it says."""

    def __init__(self, made_at: datetime, good_until: datetime) -> None:
        self.made_at, self.good_until = made_at, good_until

    def speaks_of(self, on: date) -> bool:
        """Whether the list knows about a (JST) day: up to its making, and for as long as it is good."""
        return on <= self.good_until.astimezone(JST).date()


class Bits(Listed):
    """A Bitstring Status List."""

    def __init__(self, credential: dict[str, Any]) -> None:
        subject = credential["credentialSubject"]
        super().__init__(_instant(credential["validFrom"]), _instant(credential["validUntil"]))
        self.purpose, self.url = subject["statusPurpose"], credential["id"]
        self.bits = statuslist.bits_of(subject["encodedList"])


class Days(Listed):
    """From which day on each place is what, and which leaves were issued for it."""

    def __init__(self, claims: dict[str, Any]) -> None:
        super().__init__(*(datetime.fromtimestamp(int(claims[key]), JST) for key in ("iat", "exp")))
        self.places = claims["places"]

    def row(self, number: int, index: int) -> dict[str, Any] | None:
        """What is said of a place; None for one that the list does not have."""
        found = self.places.get(str(number), {}).get(str(index))
        return found if isinstance(found, dict) else None

    def leaves(self) -> Iterator[list[int]]:
        """The leaves of every place."""
        for rows in self.places.values():
            yield from (row.get("leaves", []) for row in rows.values())

    def code(self, number: int, index: int, on: date) -> StatusCode | None:
        """What a place is on a day, where the list says more than the certificate does."""
        row = self.row(number, index) or {}
        begun = [code for day, code in row.get("days", []) if date.fromisoformat(day) <= on]
        if "days" not in row:
            return None
        return StatusCode(begun[-1]) if begun else StatusCode.NOT_CERTIFIED


class Trust:
    """A reader's `trust.json`. Lists whose signature does not fit are as if they were not there."""

    def __init__(self, said: dict[str, Any]) -> None:
        try:
            self.pairs: list[Pair] = pairs_of(said["keys"])
            self.issuers = [str(each) for each in said["issuers"]]
            self.origin = str(said["journal"]["origin"])
            self.journal = [notes.read_key(each).public for each in said["journal"]["keys"]]
            self.name, self.base = said["name"], str(said["base"])
            self.rulebook = str(said.get("rulebook", ""))
            self._lists, self._days = said.get("lists", {}), said.get("days", "")
        except (KeyError, TypeError, ValueError) as error:
            raise NoTrust(f"not a trust.json: {error}") from error

    def pair_of(self, method: object) -> Pair | None:
        """The pair behind the name of a key, under any of the names the association issues by."""
        return self._methods.get(method) if isinstance(method, str) else None

    @cached_property
    def _methods(self) -> dict[str, Pair]:
        return {
            multikey.method(did, pair.number, pair.public): pair
            for pair in self.pairs
            for did in self.issuers
            if not did.startswith("did:key:") or did == multikey.did_key(pair.public)
        }

    def bits(self, purpose: str, url: object) -> Bits | None:
        """The list behind an address, if it is signed by the association, for this purpose and at this address."""
        for each in self._lists.values():
            if each.get("id") != url:
                continue
            try:
                pair = self.pair_of(proof_of(each).get("verificationMethod"))
                if pair is None:
                    return None
                check(each, pair.public)
                found = Bits(each)
            except (NotSigned, Unreadable, KeyError, TypeError, ValueError):
                return None
            return found if found.purpose == purpose and each.get("issuer") in self.issuers else None
        return None

    @cached_property
    def days(self) -> Days | None:
        """The list of days, if it is signed by the association."""
        try:
            head, claims = jose.read(self._days)
            pair = self.pair_of(head.get("kid"))
            if pair is None or head.get("typ") != "nintei-days+jwt" or claims.get("iss") not in self.issuers:
                return None
            jose.check(self._days, pair.public)
            return Days(claims)
        except (NotSigned, Unreadable, KeyError, TypeError, ValueError):
            return None

    def certificates(self) -> dict[bytes, Pair]:
        """The PDF certificates (DER) of every pair."""
        return {pair.certificate: pair for pair in self.pairs}


def read(data: bytes) -> Trust:
    """A trust file. Raises `NoTrust`."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NoTrust("not JSON") from error
    if not isinstance(said, dict):
        raise NoTrust("not an object")
    return Trust(said)


def _instant(text: object) -> datetime:
    instant = datetime.fromisoformat(str(text))
    return instant if instant.tzinfo else instant.replace(tzinfo=JST)
