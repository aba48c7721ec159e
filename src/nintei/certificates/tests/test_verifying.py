"""What `nintei verify` answers: valid only where nothing is false and nothing unknown."""

from __future__ import annotations

import io
import json
import re
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter

from nintei.certificates import actions, keyring, places, publishing
from nintei.certificates.credentials import dataintegrity, jose, openbadge, qr
from nintei.certificates.models import Certificate
from nintei.certificates.pades import signed
from nintei.certificates.printing import made
from nintei.certificates.tests.world import DAY, NOON, certify, issued, pdf, trust
from nintei.certificates.verifying.judging import judge
from nintei.certificates.verifying.pdf import RANGE
from nintei.certificates.verifying.trust import Trust
from nintei.journal.keys import public_keys
from nintei.journal.queries import verify as whole
from nintei.journal.signer import hand_over
from nintei.registry import actions as registry

pytestmark = pytest.mark.django_db


def answer(data: bytes | str, trusted: Trust | None, on: date = DAY) -> str:
    return judge(data.encode() if isinstance(data, str) else data, trusted, on).answer.value


def why(data: bytes | str, trusted: Trust, on: date = DAY) -> list[str]:
    """The keys of what was not met."""
    found = judge(data.encode() if isinstance(data, str) else data, trusted, on)
    return [reason.key for reason in found.reasons if not reason.met]


def forms(certificate: Certificate) -> dict[str, bytes]:
    credential = json.dumps(certificate.credential).encode()
    qr_ = made(certificate).address.encode()
    return {"pdf": pdf(certificate), "json": credential, "jwt": certificate.token.encode(), "qr": qr_}


def test_it_is_valid_in_every_form_and_only_on_the_days_it_is() -> None:
    certificate = issued()
    trusted = trust()
    days = {
        date(2026, 11, 23): "not_valid",  # the day before it was certified
        date(2026, 11, 24): "valid",
        date(2026, 12, 1): "valid",  # the list is good for a week
        date(2026, 12, 2): "unknown",
        date(2028, 4, 1): "not_valid",
    }
    for form, data in forms(certificate).items():
        assert {on: answer(data, trusted, on) for on in days} == days, form
    facts = judge(pdf(certificate), trusted, DAY).facts
    assert (facts.number, facts.name) == (certificate.content["number"], "髙橋 𠮷之助")
    assert answer(pdf(certificate), None) == "unknown"


def test_a_revoked_one_is_not_valid_from_its_day_and_was_valid_before() -> None:
    certificate = issued()
    later = NOON + timedelta(days=200)
    registry.revoke(
        by="x", certification=certificate.term.certification, on=later.date(), cause="c", at=later
    )
    trusted = trust(later)
    eve = later.date() - timedelta(days=1)
    for form, data in forms(certificate).items():
        assert (answer(data, trusted, later.date()), answer(data, trusted, eve)) == ("not_valid", "valid"), (
            form
        )


def test_a_renewed_one_stays_valid_after_its_own_end_and_says_by_which_list() -> None:
    certificate = issued()
    certification = certificate.term.certification
    late = NOON.replace(year=2027, month=12)
    registry.renew(
        by="x", certification=certification, decided_on=late.date(), edition_id="e", cause="r", at=late
    )
    after = late.replace(year=2028, month=5)
    assert answer(pdf(certificate), trust(after), after.date()) == "valid"


def update(data: bytes, change: str) -> bytes:
    """The PDF with an incremental update by pyHanko, as an editor would write it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    if change == "page":
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Rotate"] = generic.NumberObject(180)
        writer.mark_update(page.container_ref if hasattr(page, "container_ref") else page)
    elif change == "note":
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Annots"] = generic.ArrayObject()
        writer.update_container(page)
    else:
        writer.root["/Lang"] = generic.pdf_string("en")
        writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rewritten(data: bytes) -> bytes:
    """Every object again, in a file of another order, with another attachment."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_attachment("credential.json", b"{}")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def wider(found: re.Match[bytes]) -> bytes:
    """The range with a hundred bytes after the signature left out: there, something else could stand."""
    zero, before, after, rest = (int(each) for each in found.groups())
    return b"/ByteRange [%d %d %d %d]" % (zero, before, after + 100, rest - 100)


def test_each_of_ten_changes_of_a_signed_pdf_is_told() -> None:
    certificate = issued()
    trusted, data = trust(), pdf(certificate)
    before, after = data.index(b"<308"), data.index(b">", data.index(b"<308"))
    end = before + len(data[before:after].rstrip(b"0"))
    flipped = b"1" if data[end - 2 : end - 1] != b"1" else b"2"
    foreign = keyring.make(places.keys_folder().parent / "foreign", "somebody", NOON)
    keys = keyring.keys_of(places.keys_folder().parent / "foreign", foreign.number)
    bare = data[: data.index(b"%%EOF") + 6]
    attacks = {
        "bytes after the end": data + b"\n% x",
        "an update of the page": update(data, "page"),
        "an update that adds notes": update(data, "note"),
        "an update of the catalogue": update(data, "root"),
        "a flipped byte": data[:3000] + bytes([data[3000] ^ 1]) + data[3001:],
        "a cut end": data[:-100],
        "a shorter range": data.replace(b"/ByteRange [", b"/ByteRange [ ", 1),
        "a gap that hides more than the signature": RANGE.sub(wider, data, count=1),
        "a second range, of which a reader may take the wrong one": data.replace(
            b"/ByteRange", b"/ByteRange [0 1 2 3] /ByteRange", 1
        ),
        "something in the signature's padding": data[: after - 4] + b"41" + data[after - 2 :],
        "another signature": data[: end - 2] + flipped + data[end - 1 :],
        "a second signature": signed(data.replace(b"(Nintei)", b"(Nintex)"), keys, NOON),
    }
    assert {attack: answer(each, trusted) for attack, each in attacks.items()} == dict.fromkeys(
        attacks, "not_valid"
    )
    unsigned = {
        "rewritten": rewritten(data),
        "the signature taken away": bare,
        "signed by somebody": signed(bare, keys, NOON),
    }
    assert [answer(each, trusted) for each in unsigned.values()] == ["not_valid", "unknown", "unknown"]
    assert answer(data, trusted) == "valid"


def test_our_own_signature_without_the_journal_counts_for_nothing() -> None:
    """P6: somebody who has the keys signs whatever they like; the journal does not have it."""
    certificate = issued()
    other = issued("鈴木 花子", "suzuki@example.jp")
    trusted = trust()
    keys = keyring.keys_of(places.keys_folder(), certificate.key)
    method, made_at = places.method(keys.pair), NOON.isoformat()

    def sign(document: dict[str, object]) -> str:
        return json.dumps(dataintegrity.sign(document, keys.ed25519, method, made_at))

    statement = certificate.statement
    forged = {**statement, "validUntil": "2099-03-31T23:59:59+09:00"}
    assert why(sign(openbadge.with_evidence(statement, certificate.proof)), trusted) == []
    assert why(sign(statement), trusted) == ["journal"]
    assert why(sign(openbadge.with_evidence(forged, certificate.proof)), trusted) == ["journal"]
    assert why(sign(openbadge.with_evidence(statement, other.proof)), trusted) == ["journal"]
    said = qr.read(made(certificate).address)
    unlisted = qr.fragment(said._replace(name="田中", leaf=0), keys.ed25519)
    not_yet = qr.fragment(said._replace(leaf=10**6), keys.ed25519)
    assert (why(unlisted, trusted), why(not_yet, trusted)) == (["listed"], ["journal"])
    assert (answer(unlisted, trusted), answer(not_yet, trusted)) == ("not_valid", "unknown")


def unreadable(certificate: Certificate) -> dict[str, bytes]:
    """Files that are no certificate, and credentials whose signature nobody should even look at."""
    good, (_head, body, signature) = certificate.credential, certificate.token.split(".")
    proof = good["proof"][0]
    knot = [{"type": ["Evidence"], "name": f"n{i}", "narrative": "x" * i} for i in range(200)]
    return {
        "nothing": b"",
        "noise": bytes(range(256)) * 40,
        "broken pdf": b"%PDF-1.7\n" + b"\0" * 1000,
        "broken json": b'{"a": ' * 100_000,
        "a list": b"[1]",
        "no number": json.dumps({**good, "x": float("nan")}).encode(),
        "a number without end": json.dumps({**good, "x": 1}).encode().replace(b'"x": 1', b'"x": 1e400'),
        "a number that is too large": json.dumps({**good, "x": 2**60}).encode(),
        "half a letter": json.dumps({**good, "x": "\ud800"}).encode(),
        "a key twice": b'{"id": 1, "id": 2}',
        "large": b'{"a": "' + b"x" * 3_000_000 + b'"}',
        "many values": json.dumps({**good, "x": list(range(9000))}).encode(),
        "many nameless nodes": json.dumps({**good, "evidence": knot}).encode(),
        "alg none": f"{jose._encoded(json.dumps({'alg': 'none'}).encode())}.{body}.".encode(),
        "alg HS256": f"{jose._encoded(json.dumps({'alg': 'HS256'}).encode())}.{body}.{signature}".encode(),
        "a foreign key": json.dumps(
            {**good, "proof": [{**proof, "verificationMethod": "did:key:z6Mk#z6Mk"}]}
        ).encode(),
        "another purpose": json.dumps(
            {**good, "proof": [{**proof, "proofPurpose": "authentication"}]}
        ).encode(),
        "no proof": json.dumps({**good, "proof": []}).encode(),
        "a foreign context": json.dumps({**good, "@context": ["https://example.com/c"]}).encode(),
        "a context inside": json.dumps({**good, "issuer": {**good["issuer"], "@context": {}}}).encode(),
    }


def wrongly_placed(certificate: Certificate) -> dict[str, bytes]:
    """Credentials that our key signed, which point at a place that no list of ours has."""
    good = certificate.credential
    entries = good["credentialStatus"]
    keys = keyring.keys_of(places.keys_folder(), certificate.key)

    def resigned(**change: object) -> bytes:
        document = {key: value for key, value in {**good, **change}.items() if key != "proof"}
        signed_ = dataintegrity.sign(document, keys.ed25519, places.method(keys.pair), NOON.isoformat())
        return json.dumps(signed_).encode()

    def status(**change: object) -> bytes:
        return resigned(credentialStatus=[{**each, **change} for each in entries])

    return {
        "index out of range": status(statusListIndex="131072"),
        "an index that is none": status(statusListIndex="-1"),
        "an unknown list": status(statusListCredential="https://example.com/list"),
        "the wrong purpose": status(statusPurpose="message"),
        "a list that says it is another": resigned(
            credentialStatus=[
                {**entries[0], "statusListCredential": entries[1]["statusListCredential"]},
                entries[1],
            ]
        ),
        "an issuer of another name": resigned(issuer={**good["issuer"], "id": "did:web:example.com"}),
        "a qr that is none": b"https://nintei.example.jp/verify/qr#1.x.y",
    }


def test_bad_input_is_never_valid_and_quick() -> None:
    certificate = issued()
    trusted = trust()
    begun = time.monotonic()
    unread = {what: answer(data, trusted) for what, data in unreadable(certificate).items()}
    placed = {what: answer(data, trusted) for what, data in wrongly_placed(certificate).items()}
    assert unread == dict.fromkeys(unread, "unknown")
    assert [what for what, found in placed.items() if found == "valid"] == []
    assert time.monotonic() - begun < 5


def test_every_certificate_of_twelve_years_verifies_by_its_proof_though_keys_changed_each_year(
    settings: Any, tmp_path: Path
) -> None:
    """The keys of each year, of certificates and of the journal, are replaced and forgotten; the journal dates them."""
    settings.ISSUING_KEYS = str(tmp_path / "issuing")
    certificates = []
    for year in range(2024, 2036):
        at = NOON.replace(year=year)
        certificates.append(issued("佐藤 花子", f"p{year}@example.jp", at))
        number = certificates[-1].key
        actions.new_key(by="person:kato", at=at + timedelta(days=30))
        actions.forget_key(by="person:kato", number=number, at=at + timedelta(days=31))
        hand_over(at + timedelta(days=60))
    last = NOON.replace(year=2035, month=12, day=31)
    trusted = trust(last)
    found = [answer(pdf(each), trusted, each.intended_at.date()) for each in certificates]
    assert found == ["valid"] * 12
    assert (len({each.key for each in certificates}), len(public_keys()), whole().faults) == (12, 13, ())
    assert [path.name for path in places.keys_folder().glob("*.ed25519")] == [
        f"{trusted.pairs[-1].number}.ed25519"
    ]


def test_an_undefined_term_is_refused_before_it_is_signed() -> None:
    certify()
    intent = Certificate.objects.get()
    keys = keyring.keys_of(places.keys_folder(), intent.key)
    with pytest.raises(ValueError, match="undefined: favouriteColour"):
        dataintegrity.sign(
            {**intent.statement, "favouriteColour": "blue"}, keys.ed25519, "x", NOON.isoformat()
        )


def test_the_lists_are_the_same_bytes_when_built_again() -> None:
    issued()
    publishing.publish(NOON)
    folder = places.lists_folder()
    first = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    publishing.publish(NOON)
    assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == first
    assert sorted(first) == ["1", "days", "did.json", "trust.json"]  # `1`: of each purpose
