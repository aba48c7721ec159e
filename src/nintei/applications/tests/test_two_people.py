"""Two people decide (P7): refused for one person in two sessions, by page and by action; 受理 is nobody's act."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from nintei.applications import actions
from nintei.applications.models import Application, Decision
from nintei.applications.states import Actor, Event, State
from nintei.applications.tests.conftest import PAID_ON, TODAY, at, decide, marks
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.shared.refusals import Refused
from nintei.site.tests.access import browser

WHEN: dict[str, Any] = {"on": PAID_ON, "at": at(PAID_ON)}


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", PAID_ON.isoformat())


def send(person: Person, application: Application, event: str, **more: str) -> Any:
    """A click in a browser session of its own."""
    told = {"event": event, "version": str(application.version), "once": f"a-session-of-{event}"} | more
    return browser(person).post(reverse("applications:case", kwargs={"pk": application.pk}), told)


def test_one_person_in_two_sessions_is_still_one_person(in_review: Application, ito: Person) -> None:
    """Ito holds both roles: reviews in one session, and tries to decide in another."""
    people.grant_role(by="system", person=ito, role=Role.DECIDER, from_on=TODAY, at=at(TODAY))
    said = {f"mark_{mark.criterion}": "confirm" for mark in marks(in_review)}
    assert send(ito, in_review, "recommend", **said).status_code == 302
    in_review.refresh_from_db()
    for event, more in (("certify", {}), ("refuse", {"why_experience": "短い。"})):
        page = send(ito, in_review, event, **more)
        assert page.status_code == 422
        assert "審査した人は決定できません" in page.content.decode()
    for outcome in ("certified", "refused"):
        with pytest.raises(Refused, match=r"applications\.two_people"):
            decide(in_review, ito, outcome, reasons={"experience": "短い。"})
    assert Decision.objects.count() == 0


def test_who_matched_the_fee_is_refused_on_the_page_too(recommended: Application, mori: Person) -> None:
    people.grant_role(by="system", person=mori, role=Role.DECIDER, from_on=TODAY, at=at(TODAY))
    page = send(mori, recommended, "certify")
    assert page.status_code == 422
    assert "手数料を確かめた人は決定できません" in page.content.decode()


def test_the_other_of_the_two_decides(recommended: Application, kato: Person) -> None:
    assert send(kato, recommended, "certify").status_code == 302
    recommended.refresh_from_db()
    assert recommended.state == "certified"


@pytest.mark.parametrize("event", ["recommend", "certify", "refuse", "turn_away", "accept", "resume"])
def test_the_contractor_has_no_button_to_decide(recommended: Application, kudo: Person, event: str) -> None:
    page = browser(kudo).get(reverse("applications:case", kwargs={"pk": recommended.pk})).content.decode()
    assert "佐藤 健太さんの申請" in page
    assert f'name="event" value="{event}"' not in page
    send(kudo, recommended, event)
    recommended.refresh_from_db()
    assert recommended.state == "recommended"


def test_a_reason_of_the_list_goes_with_the_words(recommended: Application, kato: Person) -> None:
    alone = send(kato, recommended, "refuse", ground_experience="not_supervisor")
    assert "ご本人に伝わる言葉で、理由を書いてください。" in alone.content.decode()
    told = {"ground_experience": "not_supervisor", "why_experience": "別の部署でした。"}
    assert send(kato, recommended, "refuse", **told).status_code == 302
    decision = Decision.objects.get()
    assert (decision.grounds, decision.reasons) == (
        {"experience": "not_supervisor"}, {"experience": "別の部署でした。"},
    )  # fmt: skip


def test_a_reason_that_is_not_in_the_list_is_refused(recommended: Application, kato: Person) -> None:
    with pytest.raises(Refused, match=r"applications\.grounds_unknown"):
        decide(recommended, kato, "refused", reasons={"experience": "雨"}, grounds={"experience": "weather"})


# Every action that moves an application, with what it needs. None of them may accept (MAN-ウ④.※1).
ACTS: dict[str, dict[str, Any]] = {
    "take_up": {},
    "assign": {"to": None},
    "ask_items": {"items": [actions.ItemSaid("attestor_role", "どの部署でしたか。")]},
    "resume": {"words": "待ちません。"},
    "hold": {"why": "rule_asked", "words": "", "look_again_on": None},
    "release": {"words": ""},
    "recommend": {"marks": [], "notes": ""},
    "send_back": {"words": "もう一度。"},
    "decide": {"outcome": "certified", "reasons": {}, "words": ""},
}


@pytest.mark.parametrize("name", [*ACTS, "accept_if_complete"])
def test_no_act_accepts_an_application_without_its_fee(
    submitted: Application, ito: Person, kato: Person, name: str
) -> None:
    told = {key: ito if key == "to" else value for key, value in ACTS.get(name, {}).items()}
    for actor in (ito, kato):
        try:
            if name == "accept_if_complete":
                assert not actions.accept_if_complete(by=actor.by, application=submitted, **WHEN)
            else:
                getattr(actions, name)(actor=actor, application=submitted, version=None, **told, **WHEN)
        except Refused:
            continue
    submitted.refresh_from_db()
    assert submitted.accepted_on is None
    assert submitted.state in (State.SUBMITTED, State.RETURNED)


def test_the_rule_alone_may_accept_and_resume_by_itself() -> None:
    from nintei.applications.states import TABLE

    by_rule = {(at, event) for (at, event, actor) in TABLE if actor == Actor.RULE}
    assert by_rule == {
        (State.SUBMITTED, Event.ACCEPT),
        (State.SUBMITTED, Event.RESUME),
        (State.ACCEPTED, Event.RESUME),
    }


def test_the_database_wants_a_reason_for_an_override(in_review: Application, ito: Person) -> None:
    from nintei.applications.models import Override, Review

    review = Review.objects.create(
        application=in_review, reviewer=ito, advice="certify", facts={}, findings={}, edition="x",
        day=TODAY, reviewed_at=at(TODAY),
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Override.objects.create(
            application=in_review,
            review=review,
            criterion="experience",
            finding={},
            reason="",
            by=ito,
            at=at(TODAY),
        )
