"""Suzuki's chapter: OMP since April 2024, and the seventeen lines of her log.

On 24 November 2026 they make 7.0 + 8.5 + 6.0 = 21.5 points: two points of the teaching material in February
2026 are beyond the cap of C, and twenty minutes of the book of November are rounded away.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from nintei.courses import queries as courses
from nintei.ledger import actions, queries
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Proof
from nintei.people.models import Person
from nintei.people.queries import person_by_email
from nintei.registry import actions as registry
from nintei.registry.queries import certification_of, pass_of
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition

REPORT_ON = date(2023, 10, 11)
DECIDED_ON = date(2023, 12, 6)
NUMBER = "0000000318"
CAUSE = "demo:suzuki"
REPORT = f"""試験,合格者番号,氏名,フリガナ,生年月日,メール,結果,発行日
OMP,{NUMBER},鈴木 美咲,スズキ ミサキ,1985-11-03,suzuki@example.jp,合格,{REPORT_ON}
"""


class Told(NamedTuple):
    """A line of the log. `topic` is the field of practice; category A names its course by the title."""

    category: str
    title: str
    organiser: str
    topic: str
    proof: Proof
    sessions: tuple[tuple[date, int], ...]


STATISTICS = ((date(2024, 10, 3), 60), (date(2024, 10, 10), 60))
CERTIFICATE, RECORD = Proof.CERTIFICATE, Proof.RECORD
LOG = (
    Told("A", "要員計画の基礎", "みらいアカデミー", "", CERTIFICATE, ((date(2024, 6, 13), 60),)),
    Told("B", "コールセンターの数値管理", "みなと研修社", "4", CERTIFICATE, ((date(2024, 7, 19), 90),)),
    Told("C", "『苦情対応の基本』を読む", "", "2", RECORD, ((date(2024, 9, 8), 30),)),
    Told("A", "業務量予測のための統計", "つばさ研修センター", "", CERTIFICATE, STATISTICS),
    Told("C", "顧客満足度調査の記事", "", "3", RECORD, ((date(2024, 11, 24), 30),)),
    Told("B", "面接と採用の実務", "みなと研修社", "5", CERTIFICATE, ((date(2025, 1, 22), 60),)),
    Told("C", "個人情報保護の教材", "", "4", RECORD, ((date(2025, 2, 11), 30),)),
    Told("B", "応対品質モニタリング入門", "みなと研修社", "4", CERTIFICATE, ((date(2025, 5, 28), 60),)),
    Told("C", "『要員計画の考え方』を読む", "", "4", RECORD, ((date(2025, 7, 5), 60), (date(2025, 7, 6), 60))),
    Told("C", "チャット対応の講演会", "対話研究会", "2", RECORD, ((date(2025, 9, 17), 120),)),
    Told("B", "評価面談の進め方", "みなと研修社", "5", CERTIFICATE, ((date(2025, 11, 12), 60),)),
    Told("D", "新任リーダー研修の講師", "", "5", RECORD, ((date(2026, 1, 23), 90),)),
    Told("C", "カスタマーハラスメント対策の教材", "", "2", RECORD, ((date(2026, 2, 20), 180),)),
    Told("C", "顧客経験の講演会", "対話研究会", "2", RECORD, ((date(2026, 7, 14), 90),)),
    Told("B", "はじめての業務量予測", "みなと研修社", "4", CERTIFICATE, ((date(2026, 9, 9), 120),)),
    Told("A", "モニタリングとコーチングの実践", "みらいアカデミー", "", CERTIFICATE, ((date(2026, 10, 22), 90),)),
    Told("C", "『応対品質の測り方』を読む", "", "4", RECORD, ((date(2026, 11, 18), 80),)),
)  # fmt: skip


def tell(at: datetime) -> None:
    """Certify Suzuki and write her log, each line on the evening of its last day; told again, nothing happens."""
    suzuki = person_by_email("suzuki@example.jp")
    if suzuki is None:
        raise LookupError("the chapter of the people comes first")
    _certify(suzuki)
    if not queries.activities(suzuki).exists():
        write_log(suzuki)


def write_log(person: Person) -> None:
    """Every line of the log through the action, by its holder."""
    for told in LOG:
        last = max(on for on, _ in told.sessions)
        course = next((each.pk for each in courses.accredited(last) if each.title == told.title), None)
        draft = Draft(**told._asdict(), course=course if told.category == "A" else None)
        at = datetime.combine(last, time(20, 30), JST)
        actions.log_activity(by=f"person:{person.pk}", person=person, draft=draft, at=at)


def _certify(suzuki: Person) -> None:
    """Her report is imported and claimed by her own address; the decision is the demo's."""
    if certification_of(suzuki, "OMP"):
        return
    reported, decided = (datetime.combine(day, time(10), JST) for day in (REPORT_ON, DECIDED_ON))
    registry.import_passes(by="system", data=REPORT.encode(), name="2023-10.csv", on=REPORT_ON, at=reported)
    registry.claim_by_email(by=f"person:{suzuki.pk}", person=suzuki, at=decided)
    report = pass_of(suzuki, "OMP")
    assert report is not None
    registry.certify(
        by="system",
        person=suzuki,
        qualification="OMP",
        exam_pass=report,
        decided_on=DECIDED_ON,
        edition_id=edition(DECIDED_ON).id,
        cause=CAUSE,
        at=decided,
    )
