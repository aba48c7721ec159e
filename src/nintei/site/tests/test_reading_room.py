"""The office's reading room: who did what to which case, found by actor, kind, subject and days."""

import hashlib
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

import nintei
from nintei.applications.words import VERBS
from nintei.journal import keys, prooffile
from nintei.journal.actions import checkpoint, record
from nintei.journal.models import Body, Leaf
from nintei.people.actions import change_name, grant_role, register
from nintei.people.models import Role
from nintei.registry.tests.conftest import holds_omp
from nintei.shared.clock import JST
from nintei.site.wording import DEEDS

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
pytestmark = pytest.mark.django_db


def somebody(name, full, *roles):
    person = register(by="system", email=f"{name}@example.jp", language="ja", at=NOON)
    change_name(by="system", person=person, name=full, kana="カナ", latin="", born_on=None, at=NOON)
    for role in roles:
        grant_role(by="system", person=person, role=role, from_on=date(2024, 4, 1), at=NOON)
    return person


@pytest.fixture(autouse=True)
def the_day(settings, tmp_path, monkeypatch):
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


def write(by, verb, subject, at=NOON, **data):
    with transaction.atomic():
        return record(by=by, verb=verb, subject=subject, at=at, data=data).seq


def seen(browser, **asked):
    """The numbers of the leaves on a page, in its order."""
    rows = browser.get("/office/journal", asked).context["rows"]
    return [row["entry"].seq for row in rows]


def test_it_finds_by_actor_kind_subject_and_days_in_a_literal_number_of_queries(django_assert_num_queries):
    ito, sato = somebody("ito", "伊藤 結", Role.REVIEWER), somebody("sato", "佐藤 恵")
    browser = Client()
    browser.force_login(ito)
    before = Leaf.objects.count()
    one = write(ito.by, "ledger.log_activity", sato.by, at=NOON - timedelta(days=3))
    with django_assert_num_queries(8):
        assert seen(browser, who="伊藤") == [one]
    two = write(sato.by, "applications.note", "application:1")
    three = write("system", "applications.note", "application:2")
    with django_assert_num_queries(7):
        assert seen(browser, room="applications") == [three, two]
    assert seen(browser, who="佐藤") == [two]
    assert seen(browser, about="佐藤", room="ledger") == [one]
    assert seen(browser, about="application:2") == [three]
    assert seen(browser, until="2026-11-22") == [one]
    assert seen(browser, since="2026-11-24", who="system")[0] == three
    assert seen(browser, who="田中") == []
    assert seen(browser) == [*range(before + 2, -1, -1)]
    for _ in range(50):
        write(ito.by, "ledger.log_activity", sato.by)
    assert len(seen(browser)) == 50
    older = browser.get("/office/journal", {"who": "伊藤"}).context["older"]
    assert seen(browser, **dict(part.split("=") for part in older.split("&")) | {"who": "伊藤"}) == [one]


def test_a_certification_is_named_and_found_by_its_number_as_somebody_types_it():
    ito, suzuki = somebody("ito", "伊藤 結", Role.REVIEWER), somebody("suzuki", "鈴木 美咲")
    held = holds_omp(suzuki)
    browser = Client()
    browser.force_login(ito)
    found = seen(browser, about=held.number.lower().replace("-", "－"), room="registry")
    assert found == seen(browser, about="鈴木", room="registry")
    page = browser.get("/office/journal", {"about": held.number, "room": "registry"}).content.decode()
    assert (page.count(f">{held.number}</a>"), page.count("認定の登録")) == (len(found), 1)


def test_every_deed_that_is_recorded_has_its_words():
    rooms = Path(nintei.__file__).parent
    said = [each.read_text() for each in rooms.rglob("*.py") if "tests" not in each.parts]
    verbs = {verb for text in said for verb in re.findall(r'verb="([a-z]+\.[a-z_]+)"', text)}
    assert len(verbs) > 100
    assert sorted(verbs - set(VERBS) - set(DEEDS)) == []


def test_a_proof_carries_what_the_leaf_commits_to_and_only_those_who_look_at_cases_get_it():
    ito, mori = somebody("ito", "伊藤 結", Role.REVIEWER), somebody("mori", "森 明", Role.ACCOUNTANT)
    seq = write(ito.by, "experience.save_post", "post:1", reason="病気療養")
    reader, accountant = Client(), Client()
    reader.force_login(ito)
    accountant.force_login(mori)
    assert reader.get(f"/office/journal/{seq}/proof").status_code == 404
    checkpoint(at=NOON)
    assert "病気療養" in reader.get(f"/office/journal/{seq}").content.decode()
    page = accountant.get(f"/office/journal/{seq}").content.decode()
    assert ("post:1" in page, "病気療養" in page) == (True, False)
    assert accountant.get(f"/office/journal/{seq}/proof").status_code == 403
    proof = prooffile.read(reader.get(f"/office/journal/{seq}/proof").content.decode())
    told = json.loads(proof.extra)
    statement = proof.extra[proof.extra.index(b'"statement":') + 12 : -1]
    leaf = hashlib.sha256(bytes.fromhex(told["salt"]) + statement).digest()
    (key,) = keys.public_keys()
    assert prooffile.check(proof, leaf, key.name, key.public).size == seq + 1
    assert (told["statement"]["by"], told["statement"]["data"]) == (ito.by, {"reason": "病気療養"})
    Body.objects.filter(pk=seq).delete()
    erased = reader.get(f"/office/journal/{seq}").content.decode()
    assert ("中身は消去しました" in erased, "病気療養" in erased) == (True, False)
    assert reader.get(f"/office/journal/{seq}/proof").status_code == 200
