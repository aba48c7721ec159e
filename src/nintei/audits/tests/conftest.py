"""The cast of the audits: Suzuki and others hold OMP and have filed renewals; Ito checks, Kato decides, the board sets.

The window is that of January and February 2027; the frame is frozen on 1 March, drawn on the 2nd.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nintei.applications import actions as applications
from nintei.applications.models import Application
from nintei.applications.tests.conftest import report_for
from nintei.audits import actions, queries
from nintei.audits.actions import MarkSaid, TermsSaid
from nintei.audits.actions.announcing import Seed
from nintei.audits.models import Audit, Draw, Terms
from nintei.journal.actions import checkpoint
from nintei.ledger import actions as ledger
from nintei.ledger.drafts import Draft
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.registry import actions as registry
from nintei.registry.models import Certification
from nintei.shared import files
from nintei.shared.clock import JST
from nintei.shared.files import TakenFile
from nintei.shared.tests.test_pictures import png
from tests.kept import kept

SET_ON = date(2026, 12, 1)
FILED_ON = date(2027, 1, 15)
WINDOW = (date(2027, 1, 1), date(2027, 2, 28))
COMMITTED_ON = date(2027, 3, 1)
DRAWN_ON = date(2027, 3, 2)
NUMBER_AT = datetime(2027, 3, 2, 15, 30, tzinfo=JST)
NUMBER = "2714.30"
SEED = Seed(DRAWN_ON, "東証株価指数（TOPIX）の3月2日の終値", "https://www.example.jp/topix", NUMBER_AT)
WRITTEN: dict[str, Any] = {
    "share": Decimal(40), "risk": Decimal(0), "risk_rules": (), "strata": "qualification", "leaving": "nobody",
    "response_days": 21, "extension_days": 14, "appeal_days": 14, "retention_months": 48, "small_cell": 5,
    "from_on": SET_ON, "words": "理事会で決めた（第12回）",
}  # fmt: skip
# Suzuki's lines: five days of A (25), two of D in one year, of which the cap lets 5 count (AUR-05).
LINES = (("A", 25, date(2025, 9, 1)), ("D", 8, date(2024, 6, 1)), ("D", 6, date(2024, 8, 1)))


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=JST)


def somebody(email: str, name: str, kana: str, *roles: Role) -> Person:
    person = Person.objects.create_user(
        f"{email}@example.jp", name=name, kana=kana, born_on=date(1989, 5, 17)
    )
    for role in roles:
        people.grant_role(by="system", person=person, role=role, from_on=date(2024, 4, 1), at=at(SET_ON))
    return person


@pytest.fixture
@kept
def suzuki(db: None) -> Person:
    return somebody("suzuki", "鈴木 美咲", "スズキ ミサキ")


@pytest.fixture
@kept
def tanaka(db: None) -> Person:
    return somebody("tanaka", "田中 凪", "タナカ ナギ")


@pytest.fixture
@kept
def ito(db: None) -> Person:
    return somebody("ito", "伊藤 結", "イトウ ユイ", Role.REVIEWER)


@pytest.fixture
@kept
def noda(db: None) -> Person:
    return somebody("noda", "野田 葵", "ノダ アオイ", Role.REVIEWER)


@pytest.fixture
@kept
def kato(db: None) -> Person:
    return somebody("kato", "加藤 修", "カトウ オサム", Role.DECIDER)


@pytest.fixture
@kept
def ueda(db: None) -> Person:
    """Another decider."""
    return somebody("ueda", "上田 光", "ウエダ ヒカル", Role.DECIDER)


@pytest.fixture
@kept
def board(db: None) -> Person:
    return somebody("board", "高橋 理事", "タカハシ リジ", Role.BOARD)


def certified(person: Person, number: str = "2023000001", qualification: str = "OMP") -> Certification:
    """Valid from 2024-04-01 to 2027-03-31."""
    report = report_for(person, exam=qualification, issued_on=date(2023, 6, 1), number=number)
    day = date(2024, 2, 1)
    return registry.certify(
        by="system", person=person, qualification=qualification, exam_pass=report, decided_on=day,
        edition_id="x", cause=f"application:{number}", at=at(day),
    )  # fmt: skip


def log(person: Person, lines: Sequence[tuple[str, int, date]] = LINES, proof: str = "certificate") -> None:
    """Lines of whole hours, at most five a day; A stands on an accredited course."""
    for place, (category, hours, first) in enumerate(lines):
        days = -(-hours // 5)
        sessions = tuple((first + timedelta(days=n), 60 * min(5, hours - 5 * n)) for n in range(days))
        draft = Draft(
            category=category, title=f"{category}の活動{place + 1}", sessions=sessions, topic="4", proof=proof,
            detail="内容", course=course().pk if category == "A" else None,
        )  # fmt: skip
        ledger.log_activity(
            by=person.by, person=person, draft=draft, at=at(date(2026, 11, 1)) + timedelta(minutes=place)
        )


def course() -> Any:
    from nintei.courses import actions as courses
    from nintei.courses.models import Course, Form

    known = Course.objects.filter(title="要員計画の進め方").first()
    return known or courses.accredit_course(
        by="system", title="要員計画の進め方", provider="協会", minutes=6000, form=Form.MIXED, hosted=True,
        from_on=date(2024, 4, 1), until_on=None, at=at(date(2024, 4, 1)),
    )  # fmt: skip


def filed(person: Person, number: str = "2023000001", **more: Any) -> Application:
    certification = certified(person, number, more.pop("qualification", "OMP"))
    log(person, **more)
    return applications.file_renewal(person=person, certification=certification, on=FILED_ON, at=at(FILED_ON))


@pytest.fixture
@kept
def renewal(suzuki: Person) -> Application:
    """Suzuki's renewal with 30 points: 25 of A, 5 of D."""
    return filed(suzuki)


def set_terms(first: Person, second: Person, **more: Any) -> Terms:
    said = TermsSaid(**(WRITTEN | more))
    terms = actions.propose_terms(actor=first, said=said, on=SET_ON, at=at(SET_ON))
    return actions.answer_terms(actor=second, terms=terms, agreed=True, on=SET_ON, at=at(SET_ON))


@pytest.fixture
@kept
def terms(board: Person, kato: Person) -> Terms:
    return set_terms(board, kato)


def announce(actor: Person, **more: Any) -> Draw:
    told: dict[str, Any] = {"from_on": WINDOW[0], "to_on": WINDOW[1], "seed": SEED} | more
    return actions.commit_frame(actor=actor, on=COMMITTED_ON, at=at(COMMITTED_ON), **told)


def sealed(draw: Draw) -> Draw:
    """As the worker asks for it and the signer does it."""
    assert actions.seal(by="system", draw=draw, on=DRAWN_ON, at=at(DRAWN_ON, 0)) is None
    checkpoint(at=at(DRAWN_ON, 0))
    return draw


def say(draw: Draw, actor: Person, value: str = NUMBER, hour: int = 18) -> Any:
    return actions.say_number(
        actor=actor, draw=draw, value=value, source="取引所のページ", on=DRAWN_ON, at=at(DRAWN_ON, hour)
    )


def drawn(draw: Draw, first: Person, second: Person) -> list[Audit]:
    """The draw, from the signature to the audits that begin."""
    sealed(draw)
    say(draw, first)
    begun = say(draw, second)
    draw.refresh_from_db()
    return list(begun or ())


@pytest.fixture
@kept
def audit(renewal: Application, terms: Terms, ito: Person, kato: Person) -> Audit:
    """Suzuki alone filed, so that Suzuki is drawn."""
    return drawn(announce(ito), ito, kato)[0]


def paper(name: str = "受講証明書.png") -> TakenFile:
    return files.take_in(SimpleUploadedFile(name, png(16, 8)))


def answer_all(audit: Audit, on: date = DRAWN_ON) -> Audit:
    """The holder answers every line with words, and sends."""
    for line in queries.open_lines(audit):
        actions.answer_line(
            actor=audit.person, line=line, words="受講証明書のとおりです。", as_other=False, nothing=False,
            files=[], on=on, at=at(on, 19),
        )  # fmt: skip
    return actions.send(actor=audit.person, audit=audit, version=None, on=on, at=at(on, 20))


FULL = {
    "A": ("certificate",),
    "B": ("certificate",),
    "C": ("subject", "detail", "date", "time"),
    "D": ("subject", "detail", "date", "time"),
}


def mark(audit: Audit, actor: Person, on: date = DRAWN_ON, **struck: str) -> None:
    """Every line accepted with full documents, but for those named by ordinal (`l2="no_proof"`), struck."""
    for line in queries.lines(audit):
        reason = struck.get(f"l{line.ordinal}")
        said = (
            MarkSaid("struck", reason=reason, words="書類がないためです。")
            if reason
            else MarkSaid("accepted", shows=FULL[line.told["category"]])
        )
        actions.mark_line(actor=actor, line=line, said=said, on=on, at=at(on, 21))


def take(audit: Audit, actor: Person, on: date = DRAWN_ON) -> Audit:
    return actions.take_up(actor=actor, audit=audit, version=None, on=on, at=at(on, 21))


def propose(audit: Audit, actor: Person, special: str = "", words: str = "", on: date = DRAWN_ON) -> Any:
    return actions.propose(
        actor=actor, audit=audit, version=None, special=special, words=words, on=on, at=at(on, 22)
    )


def rule(audit: Audit, actor: Person, *, agreed: bool = True, words: str = "", on: date = DRAWN_ON) -> Any:
    return actions.rule(
        actor=actor, audit=audit, version=None, agreed=agreed, words=words, on=on, at=at(on, 23)
    )


def checked(audit: Audit, first: Person, second: Person, on: date = DRAWN_ON, **struck: str) -> Audit:
    """The whole way of an answered audit to its ruling."""
    take(audit, first, on)
    mark(audit, first, on, **struck)
    propose(audit, first, on=on)
    rule(audit, second, on=on)
    audit.refresh_from_db()
    return audit


@pytest.fixture
@kept
def several(db: None) -> list[Application]:
    """Five renewals of OMP, each with one line."""
    people = [somebody(f"h{n}", f"受講 {n}郎", "ジュコウ") for n in range(5)]
    lines = (("A", 30, date(2025, 9, 1)),)
    return [filed(each, f"20230000{n:02}", lines=lines) for n, each in enumerate(people, 10)]
