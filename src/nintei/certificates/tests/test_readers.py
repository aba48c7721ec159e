"""What software by others makes of our credentials: the good ones, ten kinds of tampering, revoked ones, the lists."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openbadgeslib.ob3.status import decode_encoded_list, set_indices

from nintei.certificates.credentials import jose
from nintei.certificates.credentials.multikey import multikey
from nintei.certificates.credentials.statuslist import LENGTH, bits_of, encoded
from nintei.certificates.models import Certificate
from nintei.certificates.tests import readers
from nintei.certificates.tests.world import DAY, NOON, issued, trust
from nintei.certificates.verifying.judging import judge
from nintei.certificates.verifying.trust import Trust
from nintei.registry import actions as registry
from nintei.registry.actions import changing
from nintei.registry.states import Actor, Event

pytestmark = pytest.mark.django_db
Change = Callable[[dict[str, Any]], object]


def changed(credential: dict[str, Any], change: Change) -> dict[str, Any]:
    copied = copy.deepcopy(credential)
    change(copied)
    return copied


TAMPERINGS: dict[str, Change] = {
    "the name": lambda c: c["credentialSubject"]["identifier"][0].update(identityHash="田中 太郎"),
    "the number": lambda c: c["credentialSubject"].update(licenseNumber="OMP-2026-999999"),
    "the qualification": lambda c: c["credentialSubject"]["achievement"].update(humanCode="CAP"),
    "the end": lambda c: c.update(validUntil="2099-03-31T23:59:59+09:00"),
    "the beginning": lambda c: c.update(validFrom="2019-04-01T00:00:00+09:00"),
    "the issuer": lambda c: c["issuer"].update(name="別の協会"),
    "the place in the list": lambda c: c["credentialStatus"][0].update(statusListIndex="1"),
    "the proof of the record": lambda c: c["evidence"][0].update(narrative="c2sp.org/tlog-proof@v1"),
    "the instant of the proof": lambda c: c["proof"][0].update(created="2020-01-01T00:00:00+09:00"),
    "the signature": lambda c: c["proof"][0].update(
        proofValue="z" + "1" * 40 + c["proof"][0]["proofValue"][41:]
    ),
}


def tokens(token: str) -> dict[str, str]:
    """The same ten kinds of tampering of a token (its head takes the place of the proof's instant)."""
    head, _, signature = token.split(".")
    _, claims = jose.read(token)
    found = {}
    for what, change in TAMPERINGS.items():
        if "proof" in claims or what in ("the instant of the proof", "the signature"):
            continue
        body = jose._encoded(json.dumps(changed(claims, change), ensure_ascii=False).encode())
        found[what] = f"{head}.{body}.{signature}"
    none = jose._encoded(b'{"alg":"none","typ":"vc+jwt"}')
    found["no signature"] = f"{none}.{token.split('.')[1]}."
    found["the signature"] = token[:-20] + "A" * 20
    return found


def documents(trusted: Trust) -> dict[str, Any]:
    return {each["id"]: each for each in trusted._lists.values()}


def refused_by_us(credential: object, trusted: Trust) -> bool:
    data = credential if isinstance(credential, str) else json.dumps(credential)
    return judge(data.encode(), trusted, DAY).answer != "valid"


def test_openbadgeslib_accepts_the_good_and_refuses_what_was_changed(
    verifier: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = issued()
    trusted = trust()
    public, good, token = trusted.pairs[-1].public, certificate.credential, certificate.token
    reader = readers.OpenBadgesLib(documents(trusted), NOON, monkeypatch)
    assert (reader.refusal_of(good, public), reader.refusal_of(token, public)) == ("", "")
    bad: list[Any] = [*(changed(good, change) for change in TAMPERINGS.values()), *tokens(token).values()]
    assert [each for each in bad if not reader.refusal_of(each, public)] == []
    assert [each for each in bad if not refused_by_us(each, trusted)] == []
    registry.revoke(by="x", certification=certificate.term.certification, on=DAY, cause="c", at=NOON)
    reader.documents = documents(trust())
    assert "status 'revocation' is set" in reader.refusal_of(good, public)
    assert "status 'revocation' is set" in reader.refusal_of(token, public)
    verifier("openbadgeslib", "credential, VC-JWT, status", accepted=2, refused=len(bad) + 2)


def test_digital_bazaar_and_jose_accept_the_good_and_refuse_what_was_changed(
    verifier: Callable[..., None],
) -> None:
    if not readers.node_is_here():
        verifier("@digitalbazaar/vc, jose", "credential, VC-JWT, status", missing=readers.HOW)
    certificate = issued()
    trusted = trust()
    good = {"kind": "credential", "credential": certificate.credential}
    x = readers.raw(multikey(trusted.pairs[-1].public))
    bad = [{**good, "credential": changed(certificate.credential, each)} for each in TAMPERINGS.values()]
    token = {"kind": "token", "token": certificate.token, "public": x}
    bad_tokens = [{**token, "token": each} for each in tokens(certificate.token).values()]
    said = readers.ask_node([good, token, *bad, *bad_tokens], documents(trusted), NOON)
    assert said[0] == {"good": True, "why": "", "set": []}
    assert said[1] == {"good": True, "why": "", "number": certificate.content["number"], "set": []}
    assert [each for each in said[2:] if each["good"]] == []
    registry.revoke(by="x", certification=certificate.term.certification, on=DAY, cause="c", at=NOON)
    (revoked,) = readers.ask_node([good], documents(trust()), NOON)
    assert revoked["set"] == ["revocation"]
    verifier("@digitalbazaar/vc", "credential, status", accepted=1, refused=len(bad) + 1)


STORY = {
    None: [],
    Event.SUSPEND: ["suspension"],
    Event.RELEASE: [],
    Event.REVOKE: ["revocation"],
}
"""What happens to one certification, and which of its bits every reader finds set after each."""


def lists_after_each(certificate: Certificate) -> list[dict[str, Any]]:
    """The published lists after each event of the story, a day between them."""
    found = []
    for days, event in enumerate(STORY):
        at = NOON + timedelta(days=days)
        if event is not None:
            changing.change(
                by="x", event=event, certification=certificate.term.certification, on=at.date(),
                cause=f"case:{days}", at=at, actor=Actor.CASE,
            )  # fmt: skip
        found.append(documents(trust(at)))
    return found


def cleared(lists: dict[str, Any]) -> dict[str, Any]:
    """The lists with every bit taken back and the old signature left on: what a thief of the web page would serve."""
    return {
        url: {**each, "credentialSubject": {**each["credentialSubject"], "encodedList": encoded([])}}
        for url, each in lists.items()
    }


def test_digital_bazaar_and_jose_see_suspended_released_and_revoked(verifier: Callable[..., None]) -> None:
    if not readers.node_is_here():
        verifier(
            "@digitalbazaar/vc-bitstring-status-list, jose",
            "suspended, released, revoked",
            missing=readers.HOW,
        )
    certificate = issued()
    x = readers.raw(multikey(trust().pairs[-1].public))
    asked: list[dict[str, Any]] = [
        {"kind": "credential", "credential": certificate.credential},
        {"kind": "token", "token": certificate.token, "public": x},
    ]
    days, after = [NOON + timedelta(days=n) for n in range(len(STORY))], lists_after_each(certificate)
    said = [readers.ask_node(asked, lists, day) for lists, day in zip(after, days, strict=True)]
    assert [[each["set"] for each in answers] for answers in said] == [
        [bits, bits] for bits in STORY.values()
    ]
    # The controls: the lists of the day before say nothing of it, and lists that somebody emptied are not believed.
    (late, _), forged = (readers.ask_node(asked, lists, days[1]) for lists in (after[0], cleared(after[1])))
    assert (late["good"], late["set"]) == (True, [])
    assert [each["good"] for each in forged] == [False, False]
    verifier("@digitalbazaar/…-status-list, jose", "suspended, released, revoked", accepted=4, refused=6)


def test_openbadgeslib_sees_suspended_released_and_revoked(
    verifier: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = issued()
    public = trust().pairs[-1].public
    after, found = lists_after_each(certificate), []
    for place, (lists, bits) in enumerate(zip(after, STORY.values(), strict=True)):
        reader = readers.OpenBadgesLib(lists, NOON + timedelta(days=place), monkeypatch)
        whys = [reader.refusal_of(each, public) for each in (certificate.credential, certificate.token)]
        found.append([why.count(f"status '{bit}' is set") for why in whys for bit in bits or [""]])
        assert bool(bits) == all(whys)
    assert found == [[0, 0], [1, 1], [0, 0], [1, 1]]
    yesterday = readers.OpenBadgesLib(after[0], NOON + timedelta(days=1), monkeypatch)
    assert yesterday.refusal_of(certificate.token, public) == ""
    verifier("openbadgeslib", "suspended, released, revoked", accepted=4, refused=4)


def test_every_bit_of_a_list_is_the_same_to_two_foreign_readers(verifier: Callable[..., None]) -> None:
    """All 131,072 places, a third of them set; one platform reads bytes from the wrong end."""
    wanted = [index for index in range(LENGTH) if index * 2654435761 % 2**32 < 2**32 // 3]
    text = encoded(wanted)
    assert encoded(reversed(wanted)) == text
    assert sorted(set_indices(decode_encoded_list(text))) == wanted
    backwards = bytes(int(f"{byte:08b}"[::-1], 2) for byte in bits_of(text))
    assert sorted(set_indices(backwards)) != wanted  # the control: the other bit order would be seen
    if not readers.node_is_here():
        verifier("@digitalbazaar/bitstring", "131,072 bits of a list", missing=readers.HOW)
    (said,) = readers.ask_node([{"kind": "bits", "encoded": text}], {}, NOON)
    assert (said["length"], said["set"]) == (LENGTH, wanted)
    verifier("@digitalbazaar/bitstring", "131,072 bits of a list", accepted=LENGTH)


def test_a_renewal_moves_the_validity_of_the_same_credential() -> None:
    first = issued()
    registry.renew(
        by="x", certification=first.term.certification, decided_on=DAY, edition_id="e", cause="r", at=NOON
    )
    second = Certificate.objects.get(term__cause="r")
    same = ("id", "credentialSubject", "credentialStatus", "issuer")
    assert [second.statement[key] for key in same] == [first.statement[key] for key in same]
    assert second.statement["validFrom"] > first.statement["validUntil"]
