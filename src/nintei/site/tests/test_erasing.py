"""Promises P5 and P14: somebody is erased by two people, nothing of them is left, and every proof still holds."""

import hashlib
import io
import json
import zipfile
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from nintei.journal import keys, prooffile, signer
from nintei.journal.actions import checkpoint
from nintei.journal.commitments import statement
from nintei.journal.models import Body, Leaf
from nintei.journal.queries import verify
from nintei.ledger.actions import attach_evidence
from nintei.people import actions, datamap, erasures, queries
from nintei.people.models import DataRequest, Person, RequestKind, RequestState
from nintei.registry.queries import Question, public_answer
from nintei.shared import files
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.tests.test_pictures import png
from nintei.site.demo import courses, people, sato, suzuki
from nintei.site.keeping import doctor

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
DAY = NOON.date()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(settings, tmp_path, monkeypatch):
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")


@pytest.fixture
def cast():
    """The demo's association with Sato's draft and Suzuki's log, signed."""
    for chapter in (people, courses, suzuki, sato):
        chapter.tell(NOON)
    found = {
        name: Person.objects.get(email=f"{name}@example.jp") for name in ("sato", "suzuki", "ito", "kato")
    }
    line = found["suzuki"].activities.order_by("logged_at").first()
    assert line
    taken = files.take_in(SimpleUploadedFile("鈴木の受講証.png", PIXEL))
    attach_evidence(by=found["suzuki"].by, activity=line, taken=taken, at=NOON)
    checkpoint(at=NOON)
    return found


PIXEL = png(1, 1)


def texts(without=()):
    """Everything that the tables say, but for the classes left out, as (table, text)."""
    for table in datamap.tables():
        names = [name for name, each in table.classes.items() if each not in without]
        for row in table.model._base_manager.values_list(*names) if names else ():
            yield table.label, " ".join(str(bytes(v)) if isinstance(v, memoryview) else str(v) for v in row)


def told_of(words, without=()):
    return sorted({label for label, text in texts(without) if any(word in text for word in words)})


def erased(person, first, second):
    asked = actions.ask_about_data(by=person.by, person=person, kind=RequestKind.ERASE, words="", at=NOON)
    actions.propose_erasure(actor=first, request=asked, on=DAY, at=NOON)
    return actions.erase(actor=second, request=asked, on=DAY, at=NOON)


def test_nothing_of_an_erased_person_is_left_and_all_proofs_hold(cast, django_capture_on_commit_callbacks):
    who = cast["suzuki"]
    words = ["鈴木 美咲", "スズキ", "SUZUKI", "suzuki@example.jp", "鈴木の受講証", "応対品質の測り方"]
    assert {"people.Person", "ledger.Activity", "ledger.Evidence", "registry.ExamPass"} <= set(told_of(words))
    hashes = queries.holdings_files(who)
    assert [files.is_kept(each) for each in hashes] == [True]
    mine, held = len(queries.leaves_about(who)), who.certifications.get()
    on_paper = Question(held.number, "", held.verify_id, DAY)
    assert public_answer(on_paper) is not None
    leaves, before = Leaf.objects.count(), [prooffile.text_of(signer.proof(seq)) for seq in range(5)]
    with django_capture_on_commit_callbacks(execute=True):
        done = erased(who, cast["ito"], cast["kato"])
    assert told_of(words, without=("books", "many")) == []
    assert public_answer(on_paper) is None
    assert told_of(["佐藤 健太"]) != []
    assert [files.is_kept(each) for each in hashes] == [False]
    assert (done.state, done.removed["files"], done.removed["leaves"]) == (RequestState.DONE, 1, mine + 2)
    found = verify(signer.published())
    assert (found.faults, found.erased, found.size, mine > 20) == ((), mine + 2, leaves + 3, True)
    (key,) = keys.public_keys()
    for seq, proof in enumerate(before):
        leaf = bytes(Leaf.objects.get(pk=seq).commitment)
        assert prooffile.check(prooffile.read(proof), leaf, key.name, key.public).size == leaves
    checkpoint(at=NOON)
    assert verify().faults == ()


def commitments():
    """What the whole world may fetch: the leaves as they lie in the tiles."""
    return {bytes(each) for each in Leaf.objects.values_list("commitment", flat=True)}


def attacked(dictionary, leaves):
    """The leaves that a guesser finds who knows every word but no salt."""
    return [word for word in dictionary if hashlib.sha256(word).digest() in leaves]


def test_whoever_was_erased_does_not_come_back_with_a_backup_taken_before(
    cast, django_capture_on_commit_callbacks
):
    """Rolled back to the moment of the backup, as `pg_restore` would; the list beside the anchor is what stays."""
    who = cast["suzuki"]
    before = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        erased(who, cast["ito"], cast["kato"])
    assert erasures.place().read_text() == f"{who.pk}\n"
    transaction.savepoint_rollback(before)
    assert told_of(["鈴木 美咲"]) != []
    assert (list(erasures.came_back()), "erased_came_back" in to_mend()) == ([who], True)
    with django_capture_on_commit_callbacks(execute=True):
        assert [actions.erase_again(by="system", at=NOON) for _ in range(2)] == [1, 0]
    assert (told_of(["鈴木 美咲", "suzuki@example.jp"]), "erased_came_back" in to_mend()) == ([], False)
    assert verify().faults == ()


def to_mend():
    return {each.code for each in doctor.examine(NOON) if each.mend}


def test_a_dictionary_of_all_that_was_ever_said_finds_no_leaf_and_without_salt_it_would(cast):
    """The guesser knows more than anybody could: each statement to the letter, and all names of the demo."""
    dictionary = [name.encode() for each in people.CAST for name in (each.name, each.kana, each.email)]
    for body in Body.objects.select_related("leaf"):
        said = {"by": body.actor, "verb": body.verb, "subject": body.subject}
        dictionary.append(statement(at=body.leaf.at, data=body.data, **said))
    erased(cast["sato"], cast["ito"], cast["kato"])
    assert (
        told_of(["佐藤 健太", "サトウ ケンタ", "sato@example.jp", "阿部 直子さん"], without=("books", "many"))
        == []
    )
    assert attacked(dictionary, commitments()) == []
    assert len(dictionary) > 100
    unsalted = {hashlib.sha256(word).digest() for word in dictionary}
    assert attacked(dictionary, unsalted) == dictionary


def test_two_people_of_the_office_erase_and_neither_is_the_person(cast):
    ito, kato, sato_ = cast["ito"], cast["kato"], cast["sato"]
    asked = actions.ask_about_data(by=sato_.by, person=sato_, kind=RequestKind.ERASE, words="", at=NOON)
    again = actions.ask_about_data(by=sato_.by, person=sato_, kind=RequestKind.ERASE, words="x", at=NOON)
    assert again == asked
    assert refusal(actions.erase, actor=kato, request=asked) == "people.request_not_now"
    assert refusal(actions.propose_erasure, actor=cast["suzuki"], request=asked) == "people.not_entitled"
    actions.propose_erasure(actor=ito, request=asked, on=DAY, at=NOON)
    assert refusal(actions.erase, actor=ito, request=asked) == "people.two_people"
    assert (
        refusal(actions.settle_request, actor=kato, request=asked, done=True, answer="")
        == "people.two_people"
    )
    actions.settle_request(
        actor=kato, request=asked, done=False, answer="申請の審査が続いています", on=DAY, at=NOON
    )
    assert Person.objects.get(pk=sato_.pk).name == "佐藤 健太"
    own = actions.ask_about_data(by=ito.by, person=ito, kind=RequestKind.ERASE, words="", at=NOON)
    assert refusal(actions.propose_erasure, actor=ito, request=own) == "people.own_account"
    assert refusal(actions.propose_erasure, actor=kato, request=own) == "people.has_roles"


def refusal(action, **said):
    with pytest.raises(Refused) as refused:
        action(on=DAY, at=NOON, **said)
    return refused.value.code


def test_everything_that_is_kept_can_be_taken_away_and_cannot_run_in_a_spreadsheet(cast):
    browser, who = Client(), cast["suzuki"]
    browser.force_login(who)
    line = who.activities.order_by("logged_at").last()
    type(line).objects.filter(pk=line.pk).update(title="=1+1")
    page = browser.get("/my/data").content.decode()
    assert "未設定" in page
    answer = browser.get("/my/data/record.zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    told = json.loads(archive.read("record.json"))
    assert len(told["ledger.Activity"]) == who.activities.count() > 10
    assert (told["people.Person"][0]["name"], "password" in told["people.Person"][0]) == ("鈴木 美咲", False)
    rows = archive.read("tables/ledger.Activity.csv").decode("utf-8-sig")
    assert (",'=1+1," in rows, ",=1+1," in rows) == (True, False)
    (paper,) = (name for name in archive.namelist() if name.startswith("files/") and name.endswith("png"))
    assert archive.read(paper) == PIXEL
    leaves = json.loads(archive.read("journal.json"))
    assert [each["seq"] for each in leaves] == [each.seq for each in queries.leaves_about(who)]
    assert "佐藤" not in "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_a_wish_goes_from_the_page_through_two_people_to_the_erasure(cast):
    browsers = {name: Client() for name in cast}
    for name, browser in browsers.items():
        browser.force_login(cast[name])
    once = {"once": "x" * 20}
    unsure = browsers["sato"].post("/my/data/ask/erase", once)
    assert (unsure.status_code, DataRequest.objects.count()) == (422, 0)
    sure = once | {"erase-sure": "on", "once": "y" * 20}
    assert browsers["sato"].post("/my/data/ask/erase", sure).status_code == 302
    asked = DataRequest.objects.get()
    place = f"/office/data/{asked.pk}"
    for name, what, state in (
        ("ito", "propose", "proposed"), ("ito", "erase", "proposed"), ("kato", "erase", "done"),
    ):  # fmt: skip
        browsers[name].post(place, once | {"do": what, "once": f"{name}{what}{'z' * 20}"})
        asked.refresh_from_db()
        assert (name, asked.state) == (name, state)
    assert Person.objects.get(pk=cast["sato"].pk).name == ""
    assert browsers["sato"].get("/my/data").status_code == 302
    assert [browsers["ito"].get(where).status_code for where in ("/office/data", "/office/journal")] == [
        200,
        200,
    ]
