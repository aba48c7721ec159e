"""What the access matrix needs of this room."""

from __future__ import annotations

from datetime import date, datetime

from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.people.tests.access import former_name
from nintei.people.tests.conftest import photo, somebody
from nintei.registry import actions, queries
from nintei.registry.models import Case, CaseKind, Certification, Employer, ExamPass
from nintei.shared.clock import JST

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


def certified(owner: Person) -> Certification:
    """The owner's OMP, from an imported report to a certification."""
    report = f"""試験,合格者番号,氏名,カナ,生年月日,メール,合否,発行日
OMP,2024000123,{owner.name},{owner.kana},1990-04-02,{owner.email},合格,2024-10-08
"""
    actions.import_passes(by="system", data=report.encode(), name="results.csv", on=DAY, at=NOON)
    actions.claim_by_email(by="system", person=owner, at=NOON)
    exam_pass = queries.pass_of(owner, "OMP")
    assert exam_pass
    return actions.certify(
        by="system", person=owner, qualification="OMP", exam_pass=exam_pass, decided_on=DAY, edition_id="conken",
        cause="access", at=NOON,
    )  # fmt: skip


def number(owner: Person) -> dict[str, object]:
    """The number of a certification, which anyone may ask about."""
    return {"number": certified(owner).number}


def copy(owner: Person) -> dict[str, object]:
    """A report of which the owner has handed in a copy."""
    return {"pk": handed_in(owner).pk}


def handed_in(owner: Person) -> ExamPass:
    """A copy with a photograph, printed with another name."""
    return actions.hand_in_copy(
        by=owner.by, person=owner, exam="OMP", number="2024009999", issued_on=date(2024, 10, 8),
        name="高橋 花子", taken=photo(), on=DAY, at=NOON,
    )  # fmt: skip


def copy_file(owner: Person) -> dict[str, object]:
    """The file itself."""
    return {"pk": handed_in(owner).copies.get().pk}


def to_check(owner: Person) -> dict[str, object]:
    """A copy and a former name that wait."""
    handed_in(owner)
    former_name(owner)
    return {}


def merge(owner: Person) -> dict[str, object]:
    """A merge that waits for a second person."""
    ito = somebody("ito", "伊藤 結", "イトウ ユイ", Role.REVIEWER)
    second = somebody("second", "佐藤 花子", "サトウ ハナコ")
    told = {"reason": "同じ人です。", "on": DAY, "at": NOON}
    return {"pk": people.ask_merge(actor=ito, goes=second, stays=owner, **told).pk}  # type: ignore[arg-type]


def twins(owner: Person) -> dict[str, object]:
    """Two who may be one, and a merge that waits."""
    merge(owner)
    somebody("third", "佐藤 三", owner.kana)
    return {}


def asked(owner: Person) -> Case:
    """A change of name that the owner has asked for, with a photograph."""
    told = actions.Told(DAY, "結婚しました。", "高橋 花子", "タカハシ ハナコ")
    return actions.ask_case(
        actor=owner, certification=certified(owner), kind=CaseKind.NAME, told=told, papers=[photo()], on=DAY, at=NOON
    )  # fmt: skip


def case(owner: Person) -> dict[str, object]:
    """A case of the owner's."""
    return {"pk": asked(owner).pk}


def cases(owner: Person) -> dict[str, object]:
    """The queue with a case in it."""
    asked(owner)
    return {}


def case_file(owner: Person) -> dict[str, object]:
    """Its paper."""
    return {"pk": asked(owner).files.get().pk}


def held(owner: Person) -> dict[str, object]:
    """The owner's certification."""
    return {"pk": certified(owner).pk}


def to_ask(owner: Person) -> dict[str, object]:
    """A paper that the owner may ask to be issued again."""
    return {"pk": certified(owner).pk, "kind": "reissue"}


def to_open(owner: Person) -> dict[str, object]:
    """A case that the office may open."""
    return {"pk": certified(owner).pk, "kind": "suspend"}


def entered(owner: Person) -> Employer:
    """An employer whom the office has entered."""
    registrar = somebody("registrar2", "登録 係", "トウロク カカリ", Role.REGISTRAR)
    return actions.enter_employer(actor=registrar, name="さくらコンタクト", on=DAY, at=NOON).employer


def employer(owner: Person) -> dict[str, object]:
    """It by its key."""
    return {"pk": entered(owner).pk}


def employers(owner: Person) -> dict[str, object]:
    """The list with one in it."""
    entered(owner)
    return {}


def sharing(owner: Person) -> dict[str, object]:
    """The owner's yes to an employer."""
    made = actions.share_with(by=owner.by, subject=certified(owner), employer=entered(owner), at=NOON)
    return {"pk": made.pk}
