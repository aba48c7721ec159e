"""Another association's passport: read within bounds, its signature told, its activities only ever drafts."""

from __future__ import annotations

import base64
import copy
import io
import json
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PdfWriter

from nintei.certificates import places, queries
from nintei.certificates.credentials import dataintegrity, jose, openbadge
from nintei.certificates.credentials.jsonld import CLR, OPEN_BADGES, VC, members
from nintei.certificates.credentials.multikey import did_key, method
from nintei.certificates.credentials.openbadge import Issuer
from nintei.certificates.models import BroughtPassport, Certificate, PassportPart
from nintei.certificates.passport import actions
from nintei.certificates.passport.document import Holder, statement
from nintei.certificates.tests.world import issue, trust
from nintei.journal.actions import checkpoint
from nintei.ledger import queries as ledger
from nintei.ledger.models import Jotting
from nintei.ledger.tests.conftest import TODAY, at, log, omp, suzuki, tanaka
from nintei.people.models import Person
from nintei.registry.models import Certification
from nintei.shared import files
from nintei.shared.refusals import Refused

__all__ = ["log", "omp", "suzuki", "tanaka"]
pytestmark = pytest.mark.django_db
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
DID = did_key(PUBLIC)
METHOD = method(DID, 1, PUBLIC)


def activity(n: int, title: str = "苦情対応の講習") -> dict[str, Any]:
    place = f"urn:uuid:{UUID(int=n)}"
    return {
        "id": place,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": DID, "type": ["Profile"], "name": "みなと協会"},
        "validFrom": "2026-10-01T00:00:00+09:00",
        "credentialSubject": {
            "id": f"{place}#s",
            "type": ["AchievementSubject"],
            "activityStartDate": "2026-06-01",
            "activityEndDate": "2026-06-02",
            "creditsEarned": 1.5,
            "achievement": {
                "id": f"{place}#a", "type": ["Achievement"], "name": title, "description": title,
                "criteria": {"id": f"{place}#c", "narrative": "x"},
                "creator": {"id": f"{place}#p", "type": ["Profile"], "name": "みなと研修社"},
            },
        },
    }  # fmt: skip


def unsigned(*activities: dict[str, Any]) -> dict[str, Any]:
    """A passport of an association that does not run Nintei."""
    return {
        "@context": [VC, OPEN_BADGES, CLR],
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": DID, "type": ["Profile"], "name": "みなと協会"},
        "validFrom": "2026-10-01T00:00:00+09:00",
        "credentialSubject": {
            "id": "urn:uuid:00000000-0000-4000-8000-000000000001#holder",
            "type": ["ClrSubject"],
            "verifiableCredential": list(activities),
        },
    }


def signed(document: dict[str, Any]) -> dict[str, Any]:
    return dataintegrity.sign(document, KEY, METHOD, "2026-10-01T00:00:00+09:00")


def bring(person: Person, data: dict[str, Any] | bytes) -> BroughtPassport:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return actions.bring(by=person.by, person=person, data=raw, on=TODAY, at=at())


def why(person: Person, data: dict[str, Any] | bytes) -> str:
    """The reason of a refusal; the holder has no draft after it."""
    with pytest.raises(Refused) as refused:
        bring(person, data)
    assert not Jotting.objects.filter(person=person).exists()
    return str(refused.value.data.get("en", refused.value.code))


def test_a_stranger_s_passport_becomes_drafts_that_count_for_nothing(omp: Certification) -> None:
    person = omp.person
    made = bring(person, signed(unsigned(activity(1), activity(2, "別の講習"))))
    assert (made.signature, made.issuer, made.activities) == ("self", "みなと協会", 2)
    drafts = list(ledger.jottings(person))
    said = {"title": "苦情対応の講習", "organiser": "みなと研修社", "s-0-on_month": "6", "s-0-on_day": "1"}
    first = next(each for each in drafts if each.said["title"] == said["title"])
    assert {key: first.said[key] for key in said} == said
    assert "category" not in first.said
    assert (len(drafts), first.source, ledger.balance(omp, TODAY).total) == (2, "passport", 0)
    with pytest.raises(Refused, match="brought_already"):
        bring(person, signed(unsigned(activity(1), activity(2, "別の講習"))))
    bring(person, signed(unsigned(activity(1), activity(3))))  # a newer one: only what is new
    assert ledger.jottings(person).count() == 3


def test_papers_travel_by_their_number(omp: Certification) -> None:
    """A line of an association that counts items: told as `items`, and brought in as a draft that says how many."""
    line = {
        "id": "1", "category": "W", "category_ja": "論文", "category_en": "Paper", "topic": "", "counted": [],
        "title": "調律の歴史", "days": [["2026-10-05", 0]], "items": 2,
    }  # fmt: skip
    record = {
        "certifications": [],
        "activities": [line],
        "on": "2026-11-24",
        "edition": {"id": "g"},
        "parts": [],
    }
    guild, holder = Issuer(DID, "組合", "https://g.example"), Holder("鈴木 美咲", "Suzuki")
    made = statement(UUID(int=9), holder, record, [], guild, at())
    assert bring(omp.person, signed(made)).signature == "self"
    [draft] = ledger.jottings(omp.person)
    assert (draft.said["items"], draft.said["s-0-on_day"], "s-0-hours" in draft.said) == ("2", "5", False)


def test_a_token_and_a_key_that_cannot_be_looked_up_are_told_apart(
    omp: Certification, tanaka: Person
) -> None:
    document = unsigned(activity(1))
    token = jose.sign(
        openbadge.claims({**document, "validUntil": "2030-01-01T00:00:00+09:00"}), KEY, METHOD, "vc+jwt"
    )
    assert bring(omp.person, token.encode()).signature == "self"
    web = json.loads(json.dumps(document).replace(DID, "did:web:minato.example"))
    unknown = dataintegrity.sign(web, KEY, "did:web:minato.example#key-1", "2026-10-01T00:00:00+09:00")
    assert bring(tanaka, unknown).signature == "unknown"


def test_our_own_passport_is_known_and_a_changed_one_is_refused(
    omp: Certification, log: Person, tanaka: Person, settings: Any, tmp_path: Path
) -> None:
    """As another Nintei reads it: with our trust.json among those it knows."""
    for each in Certificate.objects.all():
        issue(each, at())
    asked = actions.ask(by="x", person=log, parts=PassportPart.values, language="ja", at=at())
    checkpoint(at=at())
    actions.make(by="system", passport_id=asked.pk, at=at())
    asked.refresh_from_db()
    trust(at())
    settings.KNOWN_ISSUERS = str(tmp_path)
    shutil.move(places.lists_folder() / "trust.json", tmp_path / "nintei.json")
    bad = copy.deepcopy(asked.credential)
    members(bad)[-1]["credentialSubject"]["achievement"]["name"] = "別の講習"
    changed = "the signature does not fit: the content was changed"
    assert [why(tanaka, bad), why(tanaka, on_paper(bad))] == [changed, changed]
    # On paper too: the credential inside is what is read, and what was changed in it is told.
    made = bring(tanaka, files.place_of(asked.sha256).read_bytes())
    assert (made.signature, made.name, made.activities) == ("known", "鈴木 美咲", 17)
    # It is Suzuki's record that Tanaka brought, and the page says so.
    assert [each.is_own for each in queries.brought(tanaka)] == [False]
    said = Jotting.objects.get(person=tanaka, said__title="要員計画の基礎").said
    assert (said["s-0-on_year"], said["s-0-hours"]) == ("2024", "1")


def on_paper(*attached: dict[str, Any] | bytes) -> bytes:
    """A PDF of somebody's with these attachments."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    for each in attached:
        raw = each if isinstance(each, bytes) else json.dumps(each).encode()
        writer.add_attachment("credential.json", raw)
    writer.write(out)
    return out.getvalue()


def bad_files() -> dict[str, dict[str, Any] | bytes]:
    good = signed(unsigned(activity(1)))
    proof = good["proof"][0]
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=").decode()
    body = base64.urlsafe_b64encode(json.dumps(unsigned(activity(1))).encode()).rstrip(b"=").decode()
    other = method(did_key(bytes(32)), 1, bytes(32))
    huge = [activity(n) for n in range(1, 900)]
    return {
        "not JSON": b"{" + b"x" * 100,
        "too large": b'{"a": "' + b"x" * 10_000_000 + b'"}',
        "it uses vocabularies that we do not know": {**good, "@context": [VC, "https://example.com/c"]},
        "too intricate": {**good, "credentialSubject": {"verifiableCredential": huge}},
        "there is no signature": {**good, "proof": []},
        "signed in a way that does not count": f"{head}.{body}.".encode(),
        "a signature for another purpose": {**good, "proof": [{**proof, "proofPurpose": "authentication"}]},
        "an issuer or key that we do not know": {**good, "proof": [{**proof, "verificationMethod": other}]},
        "the signature does not fit: the content was changed": {
            **good,
            "validFrom": "2020-01-01T00:00:00+09:00",
        },
        "not a CPD passport": {**good, "type": ["VerifiableCredential", "OpenBadgeCredential"]},
        "there is no activity in it": signed(unsigned()),
        "there are too many activities: ask for one a period": signed(
            unsigned(*(activity(n) for n in range(1, 60)))
        ),
        "neither a certificate's PDF, nor a credential, nor a QR": bytes(range(256)),
        "this PDF cannot be opened": b"%PDF-1.7\n1 0 obj <</Type /Catalog",
        "no credential inside": on_paper(),
    }


def test_bad_input_is_refused_in_words_and_soon(tanaka: Person) -> None:
    begun = time.monotonic()
    files = bad_files()
    assert {said: why(tanaka, file) for said, file in files.items()} == {said: said for said in files}
    assert why(tanaka, on_paper(b'{"a": "' + b"x" * 3_000_000)) == "too large"
    knot = {**activity(1), "evidence": [{"type": ["Evidence"], "name": "x" * n} for n in range(200)]}
    assert why(tanaka, {**signed(unsigned(activity(1))), **unsigned(knot)}) == "too intricate"
    assert time.monotonic() - begun < 20
    assert bring(tanaka, signed(unsigned(activity(1)))).activities == 1  # the control
    assert date.fromisoformat(BroughtPassport.objects.get().made_on) == date(2026, 10, 1)
