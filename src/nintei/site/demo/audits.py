"""The audits' chapter: terms that two people have set for the demo, a draw, and Ogawa, who was drawn.

Ogawa's OMP ended in March 2026; the renewal was filed in time and is held until the audit ends. The draw is
told as of some days ago, so that whoever tries the demo finds an audit that still waits for answers.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from nintei.applications import actions as applications
from nintei.audits import actions, queries
from nintei.audits.actions import TermsSaid
from nintei.audits.actions.announcing import Seed
from nintei.journal.actions import checkpoint
from nintei.ledger import actions as ledger
from nintei.ledger.drafts import Draft
from nintei.ledger.models import Proof
from nintei.people.models import Person
from nintei.people.queries import person_by_email
from nintei.registry import actions as registry
from nintei.registry.models import Certification
from nintei.registry.queries import pass_of
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition

SET_ON, REPORT_ON, DECIDED_ON = date(2025, 12, 1), date(2022, 10, 12), date(2022, 12, 7)
FILED_ON, WINDOW = date(2026, 2, 3), (date(2026, 1, 1), date(2026, 2, 28))
AGO = timedelta(days=10)
DAY = timedelta(days=1)
NUMBER = "2714.30"
REPORT = f"""試験,合格者番号,氏名,フリガナ,生年月日,メール,結果,発行日
OMP,0000000207,小川 遥,オガワ ハルカ,1990-09-14,ogawa@example.jp,合格,{REPORT_ON}
"""
TERMS = TermsSaid(
    share=Decimal(5), risk=Decimal(0), risk_rules=(), strata="qualification", leaving="nobody", response_days=21,
    extension_days=14, appeal_days=14, retention_months=48, small_cell=5, from_on=SET_ON,
    words="デモの見本です。実際の協会は、まだ定めていません。",
)  # fmt: skip
# Thirty points, five a year of each category; what is beyond the cap of D moves up if another line is struck.
LOG = (
    ("B", "クレーム対応の技術", Proof.CERTIFICATE, date(2024, 6, 20), 300),
    ("B", "数値管理の実践", Proof.CERTIFICATE, date(2025, 6, 19), 300),
    ("C", "『応対品質の測り方』を読む", Proof.RECORD, date(2024, 10, 5), 300),
    ("C", "顧客経験の講演会", Proof.RECORD, date(2025, 10, 4), 300),
    ("D", "新任リーダー研修の講師", Proof.RECORD, date(2024, 5, 17), 300),
    ("D", "品質管理研修の講師", Proof.RECORD, date(2025, 5, 16), 360),
    ("D", "管理者研修の講師", Proof.RECORD, date(2025, 11, 21), 300),
)


def tell(at: datetime) -> None:
    """Set the terms, renew and draw; told again, nothing happens."""
    began = at.astimezone(JST).date() - AGO
    if queries.terms_on(SET_ON) or began <= WINDOW[1] + 3 * DAY:
        return
    ogawa, board, kato, ito = (_one(who) for who in ("ogawa", "board", "kato", "ito"))
    terms = actions.propose_terms(actor=board, said=TERMS, on=SET_ON, at=_at(SET_ON))
    actions.answer_terms(actor=kato, terms=terms, agreed=True, on=SET_ON, at=_at(SET_ON, 11))
    held = _certified(ogawa)
    for category, title, proof, on, minutes in LOG:
        draft = Draft(category, title, ((on, minutes),), topic="4", proof=proof)
        ledger.log_activity(by=ogawa.by, person=ogawa, draft=draft, at=_at(on, 20))
    applications.file_renewal(person=ogawa, certification=held, on=FILED_ON, at=_at(FILED_ON))
    _draw(ito, kato, began)


def _draw(ito: Person, kato: Person, began: date) -> None:
    """Frozen two days before the audit begins, signed the day before, drawn by the number of that morning."""
    frozen = began - 2 * DAY
    seed = Seed(
        began - DAY, "東証株価指数（TOPIX）の前の日の終値", "https://www.example.jp/topix", _at(began, 9)
    )
    draw = actions.commit_frame(
        actor=ito, from_on=WINDOW[0], to_on=WINDOW[1], seed=seed, on=frozen, at=_at(frozen)
    )
    actions.seal(by="system", draw=draw, on=began - DAY, at=_at(began - DAY, 1))
    checkpoint(at=_at(began - DAY, 1))
    for hour, person in ((10, ito), (11, kato)):
        actions.say_number(
            actor=person, draw=draw, value=NUMBER, source="取引所のページ", on=began, at=_at(began, hour)
        )


def _certified(ogawa: Person) -> Certification:
    reported, decided = _at(REPORT_ON), _at(DECIDED_ON)
    registry.import_passes(by="system", data=REPORT.encode(), name="2022-10.csv", on=REPORT_ON, at=reported)
    registry.claim_by_email(by=ogawa.by, person=ogawa, at=decided)
    report = pass_of(ogawa, "OMP")
    assert report is not None
    return registry.certify(
        by="system", person=ogawa, qualification="OMP", exam_pass=report, decided_on=DECIDED_ON,
        edition_id=edition(DECIDED_ON).id, cause="demo:ogawa", at=decided,
    )  # fmt: skip


def _one(who: str) -> Person:
    person = person_by_email(f"{who}@example.jp")
    if person is None:
        raise LookupError("the chapter of the people comes first")
    return person


def _at(on: date, hour: int = 10) -> datetime:
    return datetime.combine(on, time(hour), JST)
