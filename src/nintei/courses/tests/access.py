"""What the access matrix needs of this room: a provider with a course, a session, a roster, and who attended."""

from __future__ import annotations

from datetime import date, datetime

from nintei.courses import actions, seats, timetable
from nintei.courses.models import Attendance, Course, CourseSession, Form, HeldCorrection, Provider, Roster
from nintei.courses.tests.conftest import draft
from nintei.people.actions import grant_role, register
from nintei.people.models import Person, Role
from nintei.registry.tests.access import certified
from nintei.shared.clock import JST

ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 10, tzinfo=JST)


def _committee() -> Person:
    person = register(by="system", email="committee@example.jp", language="ja", at=AT)
    grant_role(by="system", person=person, role=Role.REVIEWER, from_on=date(2024, 4, 1), at=AT)
    return person


def _accredited(owner: Person) -> tuple[Provider, Person]:
    from nintei.courses.states import Event

    told = {"name": "みらいアカデミー", "kana": "ミライ", "address": "東京", "teaches": "品質"}
    provider = actions.save_provider(by=owner.by, contact=owner, on=ON, at=AT, **told)
    actions.propose_provider(by=owner.by, provider=provider, on=ON, at=AT)
    committee = _committee()
    actions.rule_on_provider(
        actor=committee, provider=provider, event=Event.ACCREDIT, reason="確かめた", on=ON, at=AT
    )
    provider.refresh_from_db()
    return provider, committee


def _course(owner: Person, *, ruled: bool) -> Course:
    from nintei.courses.states import Event

    provider, committee = _accredited(owner)
    course = actions.save_course(by=owner.by, provider=provider, draft=draft(), on=ON, at=AT)
    if ruled:
        actions.propose_course(by=owner.by, course=course, on=ON, at=AT)
        actions.rule_on_course(
            actor=committee, course=course, event=Event.ACCREDIT, reason="基準に合う", on=ON, at=AT
        )
        course.refresh_from_db()
    return course


def _session(owner: Person) -> CourseSession:
    session = actions.open_session(
        by=owner.by, course=_course(owner, ruled=True), days=timetable.read("2026-11-24 10:00-12:00"),
        first_on=None, last_on=None, place="東京", at=AT,
    )  # fmt: skip
    actions.issue_codes(by=owner.by, session=session, day=0, seats=3, at=AT)
    return session


def _roster(owner: Person) -> Roster:
    certification = certified(owner)
    data = f"認定番号,カナ\n{certification.number},{owner.kana}\n".encode()
    return actions.drop_roster(by=owner.by, session=_session(owner), data=data, name="a.csv", at=AT)


def _attendance(owner: Person) -> Attendance:
    roster = _roster(owner)
    actions.confirm_roster(by=owner.by, roster=roster, partial=False, on=ON, at=AT)
    actions.carry_out(by=owner.by, roster=roster.pk, at=AT)
    return Attendance.objects.get()


def accredited(owner: Person) -> dict[str, object]:
    _accredited(owner)
    return {}


def draft_organisation(owner: Person) -> dict[str, object]:
    told = {"name": "みらいアカデミー", "kana": "ミライ", "address": "東京", "teaches": "品質"}
    actions.save_provider(by=owner.by, contact=owner, on=ON, at=AT, **told)
    return {"event": "propose"}


def draft_course(owner: Person) -> dict[str, object]:
    return {"pk": _course(owner, ruled=False).pk}


def draft_step(owner: Person) -> dict[str, object]:
    return draft_course(owner) | {"event": "propose"}


def course(owner: Person) -> dict[str, object]:
    return {"pk": _course(owner, ruled=True).pk}


def hosted_course(owner: Person) -> dict[str, object]:
    """A course on the list, for anybody."""
    course = actions.accredit_course(
        by="system", title="品質の測り方", provider="協会", minutes=180, form=Form.MIXED, hosted=True,
        from_on=date(2025, 4, 1), until_on=None, at=AT,
    )  # fmt: skip
    return {"pk": course.pk}


def provider(owner: Person) -> dict[str, object]:
    return {"pk": _accredited(owner)[0].pk}


def session(owner: Person) -> dict[str, object]:
    return {"pk": _session(owner).pk}


def day(owner: Person) -> dict[str, object]:
    return session(owner) | {"day": 0}


def roster(owner: Person) -> dict[str, object]:
    return {"pk": _roster(owner).pk}


def attendance(owner: Person) -> dict[str, object]:
    return {"pk": _attendance(owner).pk}


def token(owner: Person) -> dict[str, object]:
    return {"token": seats.written(_session(owner).codes.all()[0].pk)}


def correction(owner: Person) -> dict[str, object]:
    attended = _attendance(owner)
    held: HeldCorrection = actions.hold_correction(
        by="system", course=attended.session.course, person=owner, line=attended.pk, cause="x",
        told={"before": {"2026-11-24": 120}, "after": {}, "reason": ""}, at=AT,
    )  # fmt: skip
    return {"pk": held.pk}


def organisation(owner: Person) -> dict[str, object]:
    """An accredited organisation; its pages have no number in their address."""
    _accredited(owner)
    return {}


def api_token(owner: Person) -> dict[str, object]:
    token = actions.make_token(
        by=owner.by, provider=_accredited(owner)[0], name="受講管理", token="nintei_x", at=AT
    )
    return {"pk": token.pk}


def api_course(owner: Person) -> dict[str, object]:
    return {"course": hosted_course(owner)["pk"]}


def api_session(owner: Person) -> dict[str, object]:
    return {"session": _session(owner).pk}


def api_roster(owner: Person) -> dict[str, object]:
    return {"roster": _roster(owner).pk}
