"""An application on paper: for somebody without mail, held while something is missing, then like any other."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from nintei.applications import actions, queries
from nintei.applications.models import Application, PaperCase, Pledge, PledgeText
from nintei.applications.queries import cases
from nintei.applications.tests.conftest import TODAY, add_post, at, attest, pay, pledge_text, report_for
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.payments import queries as fees
from nintei.people import actions as people
from nintei.people.models import Person
from nintei.people.tests.conftest import photo
from nintei.registry.models import ExamPass
from nintei.shared.refusals import Refused

ARRIVED = date(2026, 11, 20)
POSTMARK = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def hanako(ito: Person) -> Person:
    """Somebody who wrote on paper: no account to sign in to, no mail."""
    return people.enter_person(
        by=ito.by, name="鈴木 花子", kana="スズキ ハナコ", born_on=date(1980, 1, 2),
        postal_address="100-0005 東京都千代田区丸の内3-3-1", language="ja", at=at(TODAY),
    )  # fmt: skip


def key_in(actor: Person, person: Person, **more: Any) -> Application:
    told: dict[str, Any] = {"qualification": "OMP", "arrived_on": ARRIVED, "postmark_on": POSTMARK} | more
    return actions.key_in(actor=actor, person=person, on=TODAY, at=at(TODAY), **told)


def step(action: Any, actor: Person, row: Application, on: date = TODAY, **more: Any) -> Any:
    return action(actor=actor, application=row, on=on, at=at(on), **more)


@pytest.fixture
def keyed(ito: Person, hanako: Person) -> Application:
    return key_in(ito, hanako)


def fill(row: Application, actor: Person) -> None:
    """Everything that form (B)–(D) and the report say, with the scan of the pledge."""
    report_for(row.person)
    attest(add_post(row.person, date(2015, 4, 1), date(2023, 3, 31), "45", "さくらコンタクト株式会社"))
    pledge_text()
    step(actions.add_scan, actor, row, form="form_D_signed", taken=photo())
    text = PledgeText.objects.get()
    signed: dict[str, Any] = {"text": text, "signed_name": "鈴木花子", "signed_on": date(2026, 11, 15)}
    step(actions.enter_pledge, actor, row, **signed)


def test_it_counts_from_the_day_of_arrival_and_keeps_the_postmark(keyed: Application) -> None:
    assert (keyed.state, keyed.submitted_on, keyed.paper.postmark_on) == ("incomplete", ARRIVED, POSTMARK)
    assert keyed.number == "2026-0001"
    assert [line.application.pk for line in cases.paper_cases(TODAY)] == [keyed.pk]


def test_a_person_without_mail_is_told_on_paper(keyed: Application, ito: Person) -> None:
    paper = step(actions.ask_for_missing, ito, keyed, version=None, words="写真が見えません。")
    assert paper.gaps == ["report_copy", "form_B", "form_C", "form_D_signed"]
    assert paper.until_on == TODAY + timedelta(days=30)
    letter = Letter.objects.get(to_person=keyed.person)
    assert (letter.to_email, letter.posted_on, letter.sent_at) == ("", None, None)
    assert "試験結果レポート、業務経験、業務経験の証明、宣誓" in letter.body
    assert "2026年12月24日" in letter.body


def test_complete_papers_are_an_application_like_any_other(
    keyed: Application, ito: Person, mori: Person
) -> None:
    report_for(keyed.person, number="2024000418")
    with pytest.raises(Refused, match=r"applications\.not_complete"):
        step(actions.complete, ito, keyed, version=None)
    fill(keyed, ito)
    row = step(actions.complete, ito, keyed, version=None)
    assert (row.state, row.submitted_on, row.complete_on) == ("submitted", ARRIVED, TODAY)
    assert [post["organisation"] for post in row.claim["posts"]] == ["さくらコンタクト株式会社"]
    letter = Letter.objects.get(template="applications/letters/complete.txt")
    fee = fees.fee_for(row.reference)
    assert fee
    assert fees.payer_name_to_write(fee) in letter.body
    pay(row, mori)
    row.refresh_from_db()
    assert (row.state, row.accepted_on) == ("accepted", date(2026, 11, 26))
    assert queries.verdict(row, TODAY).outcome == "CERTIFY"
    assert Pledge.objects.get(application=row).signed_on == date(2026, 11, 15)


def test_the_report_is_judged_on_the_day_of_arrival(keyed: Application, ito: Person) -> None:
    fill(keyed, ito)
    # Three years from 2023-11-20 end on the day of arrival; a day earlier is too early (AMB-V4, V5).
    ExamPass.objects.update(issued_on=date(2023, 11, 20))
    assert cases.report_note(keyed) == ""
    ExamPass.objects.update(issued_on=date(2023, 11, 19))
    with pytest.raises(Refused, match=r"applications\.report_expired"):
        step(actions.complete, ito, keyed, version=None)
    assert cases.postmark_would_do(keyed)
    ExamPass.objects.update(issued_on=date(2023, 11, 17))
    assert not cases.postmark_would_do(keyed)


def test_it_is_turned_away_only_after_the_period(keyed: Application, ito: Person) -> None:
    report_for(keyed.person)
    with pytest.raises(Refused, match=r"applications\.ask_first"):
        step(actions.turn_away, ito, keyed, version=None, words="届きませんでした。")
    paper = step(actions.ask_for_missing, ito, keyed, version=None, words="")
    with pytest.raises(Refused, match=r"applications\.period_runs"):
        step(actions.turn_away, ito, keyed, paper.until_on, version=None, words="届きませんでした。")
    assert [line.is_over for line in cases.paper_cases(paper.until_on)] == [False]
    after = paper.until_on + timedelta(days=1)
    assert [line.is_over for line in cases.paper_cases(after)] == [True]
    with pytest.raises(Refused, match=r"applications\.words_missing"):
        step(actions.turn_away, ito, keyed, after, version=None, words=" ")
    row = step(actions.turn_away, ito, keyed, after, version=None, words="届きませんでした。")
    assert (row.state, row.accepted_on) == ("turned_away", None)
    assert "届きませんでした。" in Letter.objects.get(template="applications/letters/turned_away.txt").body


def test_an_expired_report_need_not_wait(keyed: Application, ito: Person) -> None:
    report_for(keyed.person, issued_on=date(2020, 1, 10))
    row = step(actions.turn_away, ito, keyed, version=None, words="レポートの期限が過ぎています。")
    assert row.state == "turned_away"


def test_a_signature_needs_its_scan_and_its_name(keyed: Application, ito: Person) -> None:
    pledge_text()
    told: dict[str, Any] = {"text": PledgeText.objects.get(), "signed_on": date(2026, 11, 15)}
    with pytest.raises(Refused, match=r"applications\.scan_first"):
        step(actions.enter_pledge, ito, keyed, signed_name="鈴木 花子", **told)
    step(actions.add_scan, ito, keyed, form="form_D_signed", taken=photo())
    step(actions.add_scan, ito, keyed, form="form_D_signed", taken=photo())
    assert cases.scans(keyed).count() == 1
    with pytest.raises(Refused, match=r"applications\.pledge_name_differs"):
        step(actions.enter_pledge, ito, keyed, signed_name="鈴木 太郎", **told)
    later = told | {"signed_on": TODAY + timedelta(days=1)}
    with pytest.raises(Refused, match=r"applications\.signed_later"):
        step(actions.enter_pledge, ito, keyed, signed_name="鈴木 花子", **later)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"arrived_on": TODAY + timedelta(days=1)}, "applications.arrives_later"),
        ({"postmark_on": TODAY}, "applications.postmark_after_arrival"),
        ({"qualification": "SV"}, "applications.unknown_qualification"),
    ],
)
def test_days_and_qualifications_that_cannot_be(
    ito: Person, hanako: Person, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        key_in(ito, hanako, **more)
    assert Application.objects.count() == 0


def test_only_the_desk_keys_in_and_nobody_for_themselves(
    ito: Person, hanako: Person, kato: Person, tanaka: Person
) -> None:
    for stranger in (kato, tanaka):
        with pytest.raises(Refused, match=r"applications\.not_entitled"):
            key_in(stranger, hanako)
    with pytest.raises(Refused, match=r"applications\.own_case"):
        key_in(ito, ito)


def test_a_second_envelope_does_not_make_a_second_case(keyed: Application, ito: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.open_already"):
        key_in(ito, keyed.person)
    assert PaperCase.objects.count() == 1


def test_every_step_is_in_the_journal(keyed: Application, ito: Person) -> None:
    step(actions.add_scan, ito, keyed, form="envelope", taken=photo())
    step(actions.ask_for_missing, ito, keyed, version=None, words="")
    leaves = Body.objects.filter(subject=keyed.reference).order_by("leaf").values_list("verb", "data__what")
    assert list(leaves) == [
        ("applications.start", None),
        ("applications.key_in", None),
        ("applications.key_in", "scan"),
        ("applications.key_in", "gaps"),
    ]
