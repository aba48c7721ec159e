"""The CPD passport: what the holder lets out, signed and recorded; it proves a day and nothing later."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import jsonschema_rs
import pytest

from nintei.certificates import keyring, places
from nintei.certificates.credentials import dataintegrity, jsonld, openbadge
from nintei.certificates.models import Certificate, Passport, PassportPart
from nintei.certificates.passport import actions
from nintei.certificates.tests import readers
from nintei.certificates.tests.test_schema import FILE
from nintei.certificates.tests.world import issue, pdf_of, trust
from nintei.certificates.verifying.judging import judge
from nintei.certificates.verifying.trust import Trust
from nintei.journal.actions import checkpoint
from nintei.ledger import queries as ledger
from nintei.ledger.tests.conftest import TODAY, at, log, omp, suzuki
from nintei.people.models import Person
from nintei.registry import actions as registry
from nintei.registry import queries as register
from nintei.registry.models import Certification

__all__ = ["log", "omp", "suzuki"]
pytestmark = pytest.mark.django_db
ALL = PassportPart.values


@pytest.fixture(autouse=True)
def held(omp: Certification, log: Person) -> None:
    """Suzuki's certificate is issued; the demo's log of seventeen lines is hers."""
    for each in Certificate.objects.all():
        issue(each, at())


def passport(person: Person, parts: list[str] = ALL, language: str = "ja") -> Passport:
    asked = actions.ask(by=person.by, person=person, parts=parts, language=language, at=at())
    checkpoint(at=at())
    assert actions.make(by="system", passport_id=asked.pk, at=at()) is True
    return Passport.objects.get(pk=asked.pk)


def answer(data: Any, trusted: Trust | None, on: date = TODAY) -> str:
    data = json.dumps(data).encode() if isinstance(data, dict) else data
    return judge(data, trusted, on).answer.value


def test_it_says_what_the_log_says_and_only_what_was_chosen(suzuki: Person) -> None:
    (held,) = register.certifications(suzuki)
    worth = ledger.balance(held, TODAY)
    whole = passport(suzuki)
    (cycle,) = whole.record["certifications"][0]["cycles"]
    assert cycle["total"] == ledger.decimal(worth.total)
    assert cycle["by_category"] == {k: ledger.decimal(v) for k, v in worth.by_category.items()}
    years = [each["by_category"].items() for each in cycle["years"]]
    assert sum(float(v) for year in years for _, v in year) == float(worth.total)
    counted = {each["id"]: each["counted"] for each in whole.record["activities"]}
    assert len(counted) == ledger.activities(suzuki).count()
    assert sum(float(each["credited"]) for lines in counted.values() for each in lines) == float(worth.total)
    assert all(each["clause"].startswith("cpd-2026-01 CPD-") for lines in counted.values() for each in lines)
    assert whole.record["certifications"][0]["history"][0] == ["2023-10-11", "CERTIFIED_NOT_STARTED"]
    little = passport(suzuki, ["points", "lines"])
    text = json.dumps(little.credential, ensure_ascii=False)
    titles = [row.title for row in ledger.activities(suzuki)]
    assert [title for title in titles if title in json.dumps(whole.credential, ensure_ascii=False)] == titles
    assert [title for title in titles if title in text] == []
    assert ("Status" in text, "OpenBadgeCredential" in text, little.credential["partial"]) == (
        False,
        False,
        True,
    )


def test_it_is_genuine_as_of_its_day_and_says_nothing_of_another(suzuki: Person) -> None:
    made = passport(suzuki)
    trusted = trust(at())
    for form in (made.credential, pdf_of(made.sha256)):
        days = {TODAY - timedelta(days=1): "unknown", TODAY: "valid", TODAY + timedelta(days=60): "valid"}
        assert {on: answer(form, trusted, on) for on in days} == days
        assert answer(form, None) == "unknown"
    found = judge(pdf_of(made.sha256), trusted, TODAY)
    assert (found.kind, found.facts.number, found.facts.name) == ("passport", made.number, "鈴木 美咲")
    assert [each.answer.value for each in found.inside] == ["valid"]
    assert found.said[0][1].endswith(" / 30.0")
    later = judge(json.dumps(made.credential).encode(), trusted, TODAY + timedelta(days=60))
    assert [each.answer.value for each in later.inside] == ["unknown"]  # the list at hand is too old


def test_a_revoked_certification_inside_is_told_and_the_record_stays_genuine(suzuki: Person) -> None:
    made = passport(suzuki)
    (held,) = register.certifications(suzuki)
    registry.revoke(by="x", certification=held, on=TODAY, cause="c", at=at())
    found = judge(json.dumps(made.credential).encode(), trust(at()), TODAY)
    assert (found.answer.value, [each.answer.value for each in found.inside]) == ("valid", ["not_valid"])


def test_the_same_intent_gives_the_same_bytes(suzuki: Person) -> None:
    made = passport(suzuki, language="en")
    first = (made.sha256, made.credential)
    Passport.objects.filter(pk=made.pk).delete()
    made.sha256, made.issued_at, made.credential = "", None, {}
    made.save(force_insert=True)
    assert actions.make(by="system", passport_id=made.pk, at=at()) is True
    again = Passport.objects.get(pk=made.pk)
    assert (again.sha256, again.credential) == first
    assert actions.make(by="system", passport_id=made.pk, at=at()) is False


def member(document: dict[str, Any], kind: str) -> dict[str, Any]:
    found = (
        each
        for each in jsonld.members(document)
        if each["credentialSubject"]["achievement"].get("achievementType") == kind
    )
    return next(found)


def subject(document: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = member(document, kind)["credentialSubject"]
    return found


def taken_in(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document["credentialSubject"]["verifiableCredential"]
    return found


TAMPERINGS: dict[str, Callable[[dict[str, Any]], object]] = {
    "points": lambda c: subject(c, "ext:CpdCycle")["result"][0].update(value="99.0"),
    "credits": lambda c: subject(c, "ext:CpdActivity").update(creditsEarned=50),
    "the name": lambda c: c["credentialSubject"]["identifier"][0].update(identityHash="田中 凪"),
    "a line less": lambda c: taken_in(c).pop(),
    "a line twice": lambda c: taken_in(c).append(copy.deepcopy(taken_in(c)[-1])),
    "the day": lambda c: c.update(validFrom="2020-01-01T00:00:00+09:00"),
    "that it is whole": lambda c: c.update(partial=not c["partial"]),
    "the edition": lambda c: c.update(description="2026-11-24 / another"),
    "an undefined term": lambda c: c.update(favouriteColour="blue"),
    "the signature": lambda c: c["proof"][0].update(
        proofValue="z" + "1" * 40 + c["proof"][0]["proofValue"][41:]
    ),
    "a certification without its signature": lambda c: taken_in(c)[0].pop("proof"),
}


SAME_GRAPH = {"an undefined term", "a line twice"}
"""What a Data Integrity signature alone does not see: RDF drops the one, reads the other once."""


def changed(good: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    bad = copy.deepcopy(good)
    change(bad)
    return bad


def test_what_was_changed_is_refused_and_what_the_journal_has_not_counts_for_nothing(suzuki: Person) -> None:
    made = passport(suzuki)
    trusted = trust(at())
    bad = {what: changed(made.credential, each) for what, each in TAMPERINGS.items()}
    found = {what: answer(each, trusted) for what, each in bad.items()}
    assert found == dict.fromkeys(found, "not_valid")
    assert answer(made.credential, trusted) == "valid"
    keys = keyring.keys_of(places.keys_folder(), made.key)
    forged = copy.deepcopy(made.statement)
    member(forged, "ext:CpdCycle")["credentialSubject"]["result"][0]["value"] = "99.0"
    other = Certificate.objects.get()

    def sign(document: dict[str, Any]) -> dict[str, Any]:
        return dataintegrity.sign(document, keys.ed25519, places.method(keys.pair), at().isoformat())

    assert answer(sign(forged), trusted) == "not_valid"
    assert answer(sign(openbadge.with_evidence(forged, made.proof)), trusted) == "not_valid"
    assert answer(sign(openbadge.with_evidence(forged, other.proof)), trusted) == "not_valid"
    assert answer(sign(openbadge.with_evidence(made.statement, made.proof)), trusted) == "valid"


def test_an_undefined_term_is_refused_before_it_is_signed(suzuki: Person) -> None:
    made = passport(suzuki)
    keys = keyring.keys_of(places.keys_folder(), made.key)
    inside = copy.deepcopy(made.statement)
    member(inside, "ext:CpdActivity")["credentialSubject"]["favouriteColour"] = "blue"
    for document in (inside, {**made.statement, "type": ["VerifiableCredential", "ClrCredential", "Own"]}):
        with pytest.raises(jsonld.Unreadable, match="undefined"):
            dataintegrity.sign(document, keys.ed25519, "did:key:x#x", at().isoformat())
    assert dataintegrity.sign(made.statement, keys.ed25519, "did:key:x#x", at().isoformat())


def test_the_official_schema_accepts_its_members_and_digital_bazaar_the_whole(
    suzuki: Person, verifier: Callable[..., None]
) -> None:
    made = passport(suzuki)
    schema = jsonschema_rs.Draft201909Validator(json.loads(FILE.read_text("utf-8")), validate_formats=True)
    ours = [{"@context": made.credential["@context"][:2], **each} for each in taken_in(made.credential)[1:]]
    assert [[error.message for error in schema.iter_errors(each)] for each in ours] == [[]] * len(ours)
    broken = [{**each, "validFrom": "2026-11-24"} for each in ours]
    assert [each for each in broken if schema.is_valid(each)] == []
    verifier("1EdTech JSON schema", "CPD passport, its members", accepted=len(ours), refused=len(broken))
    if not readers.node_is_here():
        verifier("@digitalbazaar/vc", "CPD passport", missing=readers.HOW)
    lists = {each["id"]: each for each in trust(at())._lists.values()}
    bad = [changed(made.credential, each) for what, each in TAMPERINGS.items() if what not in SAME_GRAPH]
    asked = [
        {"kind": "credential", "credential": each}
        for each in (made.credential, taken_in(made.credential)[0], *bad)
    ]
    said = readers.ask_node(asked, lists, at())
    assert [each["why"] for each in said[:2]] == ["", ""]
    assert [each for each in said[2:] if each["good"]] == []
    verifier("@digitalbazaar/vc", "CPD passport", accepted=2, refused=len(bad))
