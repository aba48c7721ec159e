"""What a certificate is on a day, from its own days and the last lists a reader has. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from nintei.certificates.credentials import statuslist
from nintei.certificates.credentials.jsonld import Unreadable
from nintei.certificates.verifying.sentences import reason
from nintei.certificates.verifying.trust import Trust
from nintei.certificates.verifying.verdict import Facts, Reason
from nintei.rules.dates import StatusCode

IN_FORCE = (StatusCode.VALID, StatusCode.VALID_PENDING_RENEWAL)
HIDDEN = (StatusCode.REVOKED, StatusCode.SUSPENDED)


class Place(NamedTuple):
    """Where the states of a certificate stand: list and bit; `entries` as the credential has them (a QR: None)."""

    number: int
    bit: int
    entries: list[dict[str, Any]] | None

    @classmethod
    def of(cls, credential: dict[str, Any]) -> Place:
        """From a credential. An index that is none stays for the list to refuse."""
        entries = credential["credentialStatus"]
        entries = entries if isinstance(entries, list) else [entries]
        text, url = str(entries[0]["statusListIndex"]), str(entries[0]["statusListCredential"])
        number = url.rpartition("/")[2]
        is_number = text.isascii() and text.isdigit() and len(text) < 8
        return cls(int(number) if number.isdigit() else 0, int(text) if is_number else -1, entries)


def standing(place: Place, facts: Facts, trust: Trust, on: date) -> tuple[list[Reason], str]:
    """Whether it is revoked or suspended, and whether its validity has the day; and as of when that is known."""
    days = trust.days
    if days is None:
        unknown = reason("status", None, detail="no list", on=on)
        return [unknown, _plain(facts, trust, on)], ""
    as_of = f"{days.made_at:%Y-%m-%d %H:%M}"
    if not days.speaks_of(on):
        unknown = reason("status", None, detail="old list", on=on, as_of=as_of)
        return [unknown, _plain(facts, trust, on)], as_of
    fault = _bits_fault(place, trust, on)
    if fault is not None:
        return [fault, _plain(facts, trust, on)], as_of
    code = days.code(place.number, place.bit, on)
    hidden = code in HIDDEN or (code is None and _set_now(place, trust, on))
    status = reason("status", not hidden, as_of=as_of)
    if code is None:
        return [status, _plain(facts, trust, on)], as_of
    return [status, _coded(code, trust, on)], as_of


def _bits_fault(place: Place, trust: Trust, on: date) -> Reason | None:
    """What is wrong with where a credential says its states stand: each entry needs its own, signed, good list."""
    if place.entries is None:
        return None
    purposes = {str(entry.get("statusPurpose")) for entry in place.entries}
    if purposes != set(statuslist.PURPOSES):
        return reason("status", None, detail="no entry", on=on)
    for entry in place.entries:
        found = trust.bits(str(entry["statusPurpose"]), entry.get("statusListCredential"))
        if found is None:
            return reason("status", None, detail="no list", on=on)
        if not found.speaks_of(on):
            return reason("status", None, detail="old list", on=on, as_of=f"{found.made_at:%Y-%m-%d %H:%M}")
        try:
            statuslist.bit(found.bits, entry.get("statusListIndex"))
        except Unreadable:
            return reason("status", None, detail="index", on=on)
    return None


def _set_now(place: Place, trust: Trust, on: date) -> bool:
    """A bit that is set hides the certificate from the day of its list on."""
    for entry in place.entries or []:
        found = trust.bits(str(entry["statusPurpose"]), entry.get("statusListCredential"))
        if found and found.made_at.date() <= on and statuslist.bit(found.bits, entry["statusListIndex"]):
            return True
    return False


def _plain(facts: Facts, trust: Trust, on: date) -> Reason:
    """By the certificate's own days (the kernel's order, without what only a list can tell)."""
    assert facts.certified_on
    assert facts.starts_on
    assert facts.ends_on
    if on < facts.certified_on:
        code = StatusCode.NOT_CERTIFIED
    elif on > facts.ends_on:
        code = StatusCode.EXPIRED
    else:
        code = StatusCode.CERTIFIED_NOT_STARTED if on < facts.starts_on else StatusCode.VALID
    return _coded(code, trust, on)


def _coded(code: StatusCode, trust: Trust, on: date) -> Reason:
    return reason("validity", code in IN_FORCE, clause=_clause(code, trust, on), detail=code.value, on=on)


def _clause(code: StatusCode, trust: Trust, on: date) -> str:
    """The clause that the rulebook names for validity, or for staying valid while a renewal is pending."""
    from nintei.rules.load import RulebookError, load

    try:
        cites = load(trust.rulebook, on).validity.cites
    except (RulebookError, OSError, KeyError):
        return ""
    pending = code is StatusCode.VALID_PENDING_RENEWAL
    cite = cites.get("stays_valid_while_pending" if pending else "start")
    return f"{cite.source} {cite.clause}" if cite else ""
