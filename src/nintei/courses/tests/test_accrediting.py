"""Organisations and courses: from a draft to the list, by the one table of states and the committee's reasons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from nintei.courses import actions, queries, states
from nintei.courses.models import Course, Provider, Ruling
from nintei.courses.states import Actor, Event, State
from nintei.courses.tests.conftest import AT, ON, accredited, draft, provided, somebody
from nintei.notices.models import Letter
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.refusals import Refused


def saved(contact: Person) -> Provider:
    return actions.save_provider(
        by=contact.by,
        contact=contact,
        name="みらい",
        kana="ミライ",
        address="東京",
        teaches="品質",
        on=ON,
        at=AT,
    )


def test_an_accredited_organisation_gets_the_role_and_reads_the_reason(academy: Person, ito: Person) -> None:
    assert roles_of(academy, on=ON) == frozenset()
    provider = provided(academy, ito)
    assert (provider.state, roles_of(academy, on=ON)) == (State.ACCREDITED, {Role.PROVIDER})
    letter = Letter.objects.get(to_person=academy)
    assert "実績を確かめた" in letter.body


@pytest.mark.parametrize("event", [Event.RETURN, Event.REFUSE])
def test_an_organisation_that_is_not_accredited_gets_no_role(
    academy: Person, ito: Person, event: Event
) -> None:
    provider = saved(academy)
    actions.propose_provider(by=academy.by, provider=provider, on=ON, at=AT)
    actions.rule_on_provider(actor=ito, provider=provider, event=event, reason="所在地が違う", on=ON, at=AT)
    assert (roles_of(academy, on=ON), Ruling.objects.get().event) == (frozenset(), event)


def test_only_the_committee_rules_and_never_on_its_own(academy: Person, ito: Person, tanaka: Person) -> None:
    own = saved(ito)
    actions.propose_provider(by=ito.by, provider=own, on=ON, at=AT)
    for actor, code in ((tanaka, "courses.not_of_the_committee"), (ito, "courses.own_organisation")):
        with pytest.raises(Refused) as refused:
            actions.rule_on_provider(
                actor=actor, provider=own, event=Event.ACCREDIT, reason="x", on=ON, at=AT
            )
        assert refused.value.code == code
    assert Ruling.objects.count() == 0


def test_a_ruling_needs_a_reason(academy: Person, ito: Person) -> None:
    provider = saved(academy)
    actions.propose_provider(by=academy.by, provider=provider, on=ON, at=AT)
    with pytest.raises(Refused) as refused:
        actions.rule_on_provider(
            actor=ito, provider=provider, event=Event.ACCREDIT, reason="  ", on=ON, at=AT
        )
    assert refused.value.code == "courses.reason_missing"


def test_a_course_is_on_the_list_only_once_it_is_accredited(provider: Provider, ito: Person) -> None:
    by = provider.contact.by
    course = actions.save_course(by=by, provider=provider, draft=draft(), on=ON, at=AT)
    assert (list(queries.accredited(ON)), queries.is_accredited(course, ON)) == ([], False)
    actions.propose_course(by=by, course=course, on=ON, at=AT)
    assert list(queries.accredited(ON)) == []
    actions.rule_on_course(actor=ito, course=course, event=Event.ACCREDIT, reason="基準に合う", on=ON, at=AT)
    course.refresh_from_db()
    assert (list(queries.accredited(ON)), course.minutes) == ([course], 360)
    assert queries.is_accredited(course, date(2026, 3, 31)) is False


def test_the_end_of_an_organisation_ends_its_courses(provider: Provider, ito: Person) -> None:
    course = accredited(provider, ito)
    actions.rule_on_provider(actor=ito, provider=provider, event=Event.END, reason="廃業", on=ON, at=AT)
    course.refresh_from_db()
    assert (course.state, course.ended_on, list(queries.accredited(ON))) == (State.ENDED, ON, [])
    assert queries.is_accredited(course, date(2026, 11, 23)) is True


ALL = [(state, event) for state in State for event in Event if event != Event.EDIT]


@pytest.mark.parametrize(("state", "event"), ALL, ids=str)
def test_what_the_table_does_not_have_does_not_happen(state: State, event: Event) -> None:
    allowed = {(at, what) for at, what, _who in states.TABLE}
    found = [actor for actor in Actor if states.following(state, event, actor) is not None]
    assert bool(found) is ((state, event) in allowed)


@pytest.mark.parametrize("after", [State.DRAFT, State.PROPOSED, State.REFUSED, State.RETURNED])
def test_the_database_refuses_a_move_that_is_not_in_the_table(course: Course, after: State) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        Course.objects.filter(pk=course.pk).update(state=after)


def test_the_database_refuses_a_course_that_begins_in_the_middle(course: Course) -> None:
    told: dict[str, Any] = {"title": "x", "provider": "y", "minutes": 60, "form": "online"}
    with pytest.raises(ProgrammingError), transaction.atomic():
        Course.objects.create(**told, accredited_from=ON, state=State.PROPOSED)


def test_a_person_acts_for_one_organisation_at_a_time(academy: Person, ito: Person) -> None:
    provided(academy, ito)
    with pytest.raises(Refused) as refused:
        saved(academy)
    assert refused.value.code == "courses.may_not_happen"


def test_somebody_else_cannot_write_down_a_course(provider: Provider) -> None:
    other = saved(somebody("他 人", "ホカ ヒト", "other"))
    with pytest.raises(Refused) as refused:
        actions.save_course(by="x", provider=other, draft=draft(), on=ON, at=AT)
    assert refused.value.code == "courses.provider_not_accredited"
