"""The review on one page: every paper as a picture, the attestors beside the findings, nothing of one's own case."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nintei.applications import actions, queries
from nintei.applications.actions import ItemSaid
from nintei.applications.models import Application
from nintei.applications.tests.conftest import (
    PAID_ON,
    TODAY,
    add_post,
    at,
    attest,
    decide,
    pay,
    pledge,
    pledge_text,
    recommend,
    submit,
)
from nintei.experience import actions as experience
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.registry import actions as registry
from nintei.shared import files
from nintei.shared.files import TakenFile
from nintei.shared.tests.test_pictures import png
from nintei.site.tests.access import browser


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", PAID_ON.isoformat())


def picture(name: str, width: int = 16, height: int = 8) -> TakenFile:
    return files.take_in(SimpleUploadedFile(name, png(width, height)))


def whole_case(person: Person, mori: Person, ito: Person, on: date = TODAY) -> Application:
    """A case in review with a file of every kind that an applicant can send, and an attestor who has not answered."""
    by = person.by
    when: dict[str, Any] = {"on": on, "at": at(on)}
    people.add_former_name(
        by=by,
        person=person,
        name="高橋 健太",
        kana="タカハシ ケンタ",
        at=at(on),
        taken=picture("戸籍抄本.png", 17),
    )
    registry.hand_in_copy(
        by=by, person=person, exam="OMP", number="2024000555", issued_on=date(2024, 10, 8), name=person.name,
        taken=picture("レポート.png", 18), **when,
    )  # fmt: skip
    draft = actions.start(person=person, qualification="OMP", **when)
    first = add_post(person, date(2020, 4, 1), date(2022, 3, 31), "4", "さくらコンタクト株式会社")
    attest(first, until=date(2021, 3, 31))
    attest(add_post(person, date(2022, 4, 1), None, "5", "ひなた通販株式会社"), belongs_still=False)
    experience.ask_attestor(
        by=by, person=person, attestor_name="原田 実", attestor_email="harada@gmail.com", relation="superior",
        post_ids=[first.pk], at=at(on, 13), on=on,
    )  # fmt: skip
    experience.claim_substitution(
        by=by, person=person, kind="training", name="SVスクール", issuer="協会", obtained_on=date(2019, 6, 1),
        evidence=[picture("修了証.png", 19)], **when,
    )  # fmt: skip
    pledge_text()
    pledge(draft)
    row = submit(draft)
    pay(row, mori)
    when = {"on": PAID_ON, "at": at(PAID_ON)}
    actions.take_up(actor=ito, application=row, version=None, **when)
    said = [ItemSaid("attestor_role", "原田さんの当時の役職を教えてください。")]
    (item,) = actions.ask_items(actor=ito, application=row, version=None, items=said, **when)
    answer: dict[str, Any] = {"words": "課長でした。", "files": [picture("組織図.png", 20)]}
    actions.answer_item(person=person, item=item, **answer, **when)
    return submit(row, PAID_ON)


@pytest.fixture
def everything(sato: Person, mori: Person, ito: Person) -> Application:
    return whole_case(sato, mori, ito)


def test_every_file_is_a_tab_and_a_picture_and_never_the_file(everything: Application, ito: Person) -> None:
    office, url = browser(ito), f"/office/applications/{everything.pk}"
    first = office.get(url).content.decode()
    tabs = re.findall(r'href="\?doc=(\d+)#h-docs"[^>]*>(.*?)</a>', first)
    labels = [re.sub(r"<[^>]+>", "", label) for _n, label in tabs]
    assert labels == [
        "試験結果", "業務経験 1", "業務経験 2", "宣誓", "レポートの写し", "前の氏名を示す書類 高橋 健太",
        "代替の証書 SVスクール", "答え1",
    ]  # fmt: skip
    for n in range(4, 8):
        page = office.get(f"{url}?doc={n}").content.decode()
        (source,) = re.findall(r'class="page-picture" src="([^"]+/files/[^"]+)"', page)
        shown = office.get(source)
        assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    for paper in queries.papers(everything):
        assert f"/{paper.row.sha256}" not in re.sub(r'src="[^"]+"', "", first)


def test_the_attestors_stand_beside_the_findings(everything: Application, ito: Person) -> None:
    page = browser(ito).get(f"/office/applications/{everything.pk}").content.decode()
    for words in (
        "証明者について、気に留めること", "だれでも作れるメールアドレスです",
        "どこまで証明されたか", "まだ証明されていない月",
        "2021年4月–2022年3月 分野4", "証明をお願いした方", "原田 実", "資格・研修による代替", "月数を記録する",
        "審査で差し引いた休み", "もう一度送る",
    ):  # fmt: skip
        assert words in page, words


def test_a_decider_reads_them_and_has_no_buttons(everything: Application, kato: Person) -> None:
    page = browser(kato).get(f"/office/applications/{everything.pk}").content.decode()
    assert "原田 実" in page
    assert "月数を記録する" not in page
    assert "もう一度送る" not in page


def test_nobody_sees_the_hints_about_their_own_case(everything: Application, ito: Person) -> None:
    own = everything.person
    people.grant_role(by="system", person=own, role=Role.REVIEWER, from_on=TODAY, at=at(TODAY))
    page = browser(own).get(f"/office/applications/{everything.pk}").content.decode()
    assert "ご自分の申請は、審査も決定もできません。" in page
    assert "気に留めること" not in page


def test_a_grant_from_the_page_changes_the_verdict_there(everything: Application, ito: Person) -> None:
    office, url = browser(ito), f"/office/applications/{everything.pk}"
    page = office.get(url).content.decode()
    (grant,) = re.findall(r'action="(/office/experience/[^"]+/substitution/[^"]+)"', page)
    told = {"months": "6", "reason": "修了証を見ました。", "back": url, "once": "x" * 20}
    answer = office.post(grant, told)
    assert (answer.status_code, answer["Location"]) == (302, url)
    assert "6か月を認めた" in office.get(url).content.decode()


def test_a_decision_names_every_file_and_leaf(everything: Application, ito: Person, kato: Person) -> None:
    recommend(everything, ito, exam_pass=("override", "写しを見ました。"))
    decision = decide(everything, kato, "refused", reasons={"experience": "足りません。"})
    sources = [paper["source"] for paper in decision.facts["papers"]]
    assert sources == ["answer", "name", "report", "substitution"]
    assert len(decision.evidence) == 2 + 1 + 4 + 2
    assert queries.is_whole(decision)
    place = files.place_of(decision.facts["papers"][0]["sha256"])
    place.chmod(0o600)
    place.write_bytes(b"another file")
    broken = [proof.what for proof in queries.proofs(decision) if not proof.is_whole]
    assert (broken, queries.is_whole(decision)) == (["answer"], False)
    told = actions.replay_all(by="system", on=PAID_ON, at=at(PAID_ON + timedelta(days=1)))
    assert told.different == ("2026-0001",)
    page = browser(ito).get(f"/office/applications/{everything.pk}/replay").content.decode()
    assert "数字は同じですが、書類がハッシュと合いません" in page
