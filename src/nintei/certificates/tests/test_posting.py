"""The post: printed with its letter and label, posted, come back, posted again; nothing is skipped unsaid."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from nintei.certificates.models import Certificate, Posting, Sheet
from nintei.certificates.posting import actions, layout, papers, queries
from nintei.certificates.posting.queries import Wanted
from nintei.certificates.states import ROWS, TABLE, Event, State, moves
from nintei.certificates.tests.world import certify, issued
from nintei.journal.queries import history, verify
from nintei.notices.models import Letter
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.people.tests.conftest import somebody
from nintei.registry import actions as registry
from nintei.shared import files
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
MM = 72 / 25.4
HOME = "〒100-0001\n東京都千代田区千代田1-1\n千代田マンション1001号室"


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def hara(db: None) -> Person:
    return somebody("hara", "原 愛", "ハラ アイ", Role.CONTRACTOR)


def made(name: str = "鈴木 美咲", email: str = "suzuki@example.jp", address: str = HOME) -> Certificate:
    """A certificate of somebody with a postal address, ready to be posted."""
    certificate = issued(name, email)
    person = certificate.term.certification.person
    people.change_address(by=person.by, person=person, postal_address=address, at=NOON)
    return certificate


def marked(hara: Person, certificate: Certificate, event: Event, day: date = DAY, **said: Any) -> Posting:
    told: dict[str, Any] = {"way": "letter", "reason": "届きませんでした。"} | said
    (found,) = actions.mark(
        actor=hara, ids=[str(certificate.pk)], event=event, day=day, on=day, at=NOON, **told
    )
    return found


def printed(hara: Person, *certificates: Certificate, again: str = "", envelope: str = "folded") -> Any:
    ids = [str(each.pk) for each in certificates]
    run = actions.print_papers(actor=hara, ids=ids, envelope=envelope, again=again, on=DAY, at=NOON)
    return queries.printed(run.pk)


def pages(data: bytes) -> list[Any]:
    return list(PdfReader(io.BytesIO(data)).pages)


def text(page: Any) -> str:
    return str(page.extract_text()).replace(" ", "").replace("\n", "")


@pytest.mark.django_db
def test_a_certificate_goes_out_comes_back_and_goes_out_again(hara: Person) -> None:
    certificate = made()
    assert (Posting.objects.get().state, queries.waiting()) == (State.TO_POST, 1)
    printed(hara, certificate)
    marked(hara, certificate, Event.POST, way="registered", tracking={str(certificate.pk): "123-45"})
    assert queries.waiting() == 0
    marked(hara, certificate, Event.COME_BACK, DAY + timedelta(days=9))
    found = queries.listed(Wanted(lane=State.RETURNED), DAY + timedelta(days=9))
    assert [(paper.name, paper.hints) for paper in found.papers] == [("鈴木 美咲", ("same_address",))]
    person = certificate.term.certification.person
    people.change_address(
        by=person.by, person=person, postal_address="〒530-0001\n大阪市北区梅田1-1", at=NOON
    )
    marked(hara, certificate, Event.POST, DAY + timedelta(days=12), way="tracked")
    paper = queries.paper(certificate.pk, DAY + timedelta(days=12))
    assert paper is not None
    assert [(step.event, step.way, step.tracking, step.on.day) for step in paper.steps] == [
        ("post", "registered", "123-45", 24), ("come_back", "", "", 3), ("post", "tracked", "", 6)
    ]  # fmt: skip
    assert paper.steps[0].address == HOME
    verbs = [entry.verb for entry in history(f"certification:{certificate.term.certification_id}")]
    assert verbs[-4:] == [f"certificates.{each}" for each in ("print", "post", "come_back", "post")]
    assert verify().faults == ()


@pytest.mark.django_db
def test_what_the_table_does_not_have_is_refused_and_the_database_refuses_it_too(hara: Person) -> None:
    certificate = made()
    for event in set(Event) - {row.event for row in ROWS if row.at == State.TO_POST}:
        with pytest.raises(Refused, match="not_now"):
            marked(hara, certificate, event)
    assert (State.TO_POST, Event.POST) in TABLE
    for state in set(State) - {to for at, to in moves() if at == State.TO_POST}:
        if state != State.TO_POST:
            with pytest.raises(DatabaseError), transaction.atomic():
                Posting.objects.update(state=state)
    marked(hara, certificate, Event.POST)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM certificates_postingstep")


@pytest.mark.django_db
def test_the_print_is_a_letter_and_the_very_certificate_with_marks_to_fold_at(hara: Person) -> None:
    one, other = made(), made("佐藤 健太", "sato@example.jp")
    before = files.place_of(one.sha256).read_bytes()
    run = printed(hara, one, other)
    sheets = list(run.sheets.all())
    found = pages(papers.together(run, sheets))
    assert [each.certificate_id for each in sheets] == [one.pk, other.pk]
    assert "東京都千代田区千代田1-1" in text(found[0])
    assert "鈴木美咲様" in text(found[0])
    certificate = pages(before)[0]
    assert text(found[1]) == text(certificate)
    drawn = [page.get_contents().get_data().count(b" l\n") for page in (found[1], certificate)]
    assert drawn[0] == drawn[1] + 2
    assert files.place_of(one.sha256).read_bytes() == before
    assert "佐藤健太" in text(found[3])
    flat = papers.together(printed(hara, other, again="spoiled", envelope="flat"), sheets[1:])
    assert pages(flat)[1].get_contents().get_data().count(b" l\n") == drawn[1]


@pytest.mark.django_db
def test_the_address_stands_where_the_window_shows_it_wherever_the_letter_slides(hara: Person) -> None:
    run = printed(hara, made(address="〒060-0001\n" + "北海道札幌市中央区北一条西" * 5))
    seen = layout.window("22 12 90 45").always_seen()
    words = PdfDocument(papers.together(run, list(run.sheets.all())))[0].get_textpage()
    boxes = [words.get_charbox(each) for each in range(words.count_chars())]
    address = [box for box in boxes if box[3] > (297 - 45) * MM and box[2] > box[0]]
    assert len(address) > 60
    assert min(box[0] for box in address) / MM >= seen.left - 0.5
    assert max(box[2] for box in address) / MM <= seen.left + seen.width
    assert max(297 - box[1] / MM for box in address) <= seen.top + seen.height
    assert min(297 - box[3] / MM for box in address) >= seen.top - 0.5


@pytest.mark.django_db
def test_labels_stand_on_the_sheet_as_the_setting_says(hara: Person) -> None:
    run = printed(hara, made(), made("佐藤 健太", "sato@example.jp"))
    sheets = list(run.sheets.all())
    assert len(pages(papers.labels(run, sheets))) == 1
    found = pages(papers.labels(run, sheets, first=12))
    assert [("鈴木美咲様" in text(page), "佐藤健太様" in text(page)) for page in found] == [
        (True, False), (False, True)
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_stands_in_the_way_is_told_by_name_and_nothing_is_printed(hara: Person) -> None:
    ready, nowhere = made(), issued("佐藤 健太", "sato@example.jp")
    gone = made("伊東 蓮", "ito.ren@example.jp")
    odd = made("山本 陸", "yamamoto@example.jp", address="東京都\U0002ffff区1-1")
    long = made("中村 悠", "nakamura@example.jp", address="\n".join(["〒100-0001"] * 20))
    held = gone.term.certification
    registry.revoke(by="person:kato", certification=held, on=DAY, cause="case:1", at=NOON)
    for each, code, name in (
        (nowhere, "no_address", "佐藤 健太"),
        (gone, "not_held", "伊東 蓮"),
        (odd, "no_glyph", "山本 陸"),
        (long, "too_long", "中村 悠"),
    ):
        with pytest.raises(Refused, match=code) as refused, transaction.atomic():
            printed(hara, ready, each)
        assert name in refused.value.sentence("ja")
        assert "鈴木" not in refused.value.sentence("ja")
    assert Sheet.objects.count() == 0
    hints = {p.name: p.hints for p in queries.listed(Wanted(), DAY).papers}
    assert hints == {
        "鈴木 美咲": (), "佐藤 健太": ("no_address",), "伊東 蓮": ("not_held",), "山本 陸": (), "中村 悠": ()
    }  # fmt: skip


@pytest.mark.django_db
def test_a_further_sheet_says_that_it_is_one_unless_the_first_was_spoiled(hara: Person) -> None:
    certificate = made()
    printed(hara, certificate)
    with pytest.raises(Refused, match="say_again"), transaction.atomic():
        printed(hara, certificate)
    spoiled = printed(hara, certificate, again="spoiled")
    assert "再発行" not in text(pages(papers.together(spoiled, list(spoiled.sheets.all())))[1])
    marked(hara, certificate, Event.POST)
    marked(hara, certificate, Event.COME_BACK)
    with pytest.raises(Refused, match="not_spoiled"), transaction.atomic():
        printed(hara, certificate, again="spoiled")
    again = printed(hara, certificate, again="lost")
    words = text(pages(papers.together(again, list(again.sheets.all())))[1])
    assert "再発行2026年11月24日" in words
    assert "Reissuedcopy,24November2026" in words
    rows = Sheet.objects.order_by("number").values_list("number", "again", "is_marked")
    assert list(rows) == [(1, "", False), (2, "spoiled", False), (3, "lost", True)]


@pytest.mark.django_db
def test_a_holder_is_asked_for_the_address_once_a_day_and_only_where_a_mail_arrives(hara: Person) -> None:
    certificate = issued()
    asked: dict[str, Any] = {"actor": hara, "on": DAY, "at": NOON}
    assert len(actions.ask_address(ids=[str(certificate.pk)], **asked)) == 1
    assert actions.ask_address(ids=[str(certificate.pk)], **asked) == []
    letter = Letter.objects.get(template="certificates/letters/ask_address.txt")
    assert "/my/profile#address" in letter.body
    Person.objects.filter(email="sato@example.jp").update(email="")
    with pytest.raises(Refused, match="no_mail"):
        actions.ask_address(ids=[str(certificate.pk)], **asked)


@pytest.mark.django_db
def test_only_the_desk_marks_and_no_day_to_come_or_before(hara: Person) -> None:
    certificate = made()
    for who, roles in (("mori", [Role.ACCOUNTANT]), ("tanaka", [])):
        other = somebody(who, "森 亮", "モリ リョウ", *roles)
        with pytest.raises(Refused, match="not_entitled"):
            marked(other, certificate, Event.POST)
    for day, code in ((DAY + timedelta(days=1), "day_to_come"), (DAY - timedelta(days=1), "before")):
        with pytest.raises(Refused, match=code):
            actions.mark(
                actor=hara,
                ids=[str(certificate.pk)],
                event=Event.POST,
                day=day,
                on=DAY,
                at=NOON,
                way="letter",
            )
    with pytest.raises(Refused, match="say_why"):
        marked(hara, certificate, Event.SET_ASIDE, reason=" ")


@pytest.mark.django_db
def test_certificates_are_found_by_number_name_day_and_state(hara: Person) -> None:
    one, other = made(), made("佐藤 健太", "sato@example.jp")
    certify("髙橋 𠮷之助", "takahashi@example.jp")
    numbers = [each.term.certification.number for each in (one, other)]

    def names(**wanted: Any) -> list[str]:
        return [paper.name for paper in queries.listed(Wanted(**wanted), DAY).papers]

    assert names() == ["鈴木 美咲", "佐藤 健太"]
    assert names(words=" ".join(numbers)) == ["鈴木 美咲", "佐藤 健太"]
    assert names(words=numbers[1]) == names(words="佐藤") == ["佐藤 健太"]
    assert (names(day=DAY), names(day=DAY - timedelta(days=1))) == (["鈴木 美咲", "佐藤 健太"], [])
    assert names(qualification="CAP") == names(lane=State.POSTED) == []
    assert [
        (each.certificate.content["name"], each.is_unsigned)
        for each in queries.unmade(NOON + timedelta(minutes=11))
    ] == [("髙橋 𠮷之助", True)]
    with pytest.raises(ValueError, match="do not fit"):
        layout.labels("3 6 86.4 42.3 18.6 21.6 0 0")
