"""*Valid on* a day, *as known at* an instant: a register that keeps what it once said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from nintei.journal.queries import history as leaves
from nintei.people.models import Person
from nintei.people.tests.conftest import photo
from nintei.registry import actions, queries
from nintei.registry.models import Case, CaseKind, Certification
from nintei.registry.states import State
from nintei.registry.tests.conftest import CERTIFIED_ON, at, fresh, through
from nintei.rules.dates import StatusCode


def seen(held: Certification, on: date, known: datetime | None = None) -> StatusCode:
    return queries.status_on(held, on, known).code


def test_a_revocation_told_later_leaves_what_was_known_before(
    omp: Certification, ito: Person, kato: Person, a_day: None
) -> None:
    """Revoked from 1 June by a record of 10 June: asked on the 5th, the register said valid, and still shows it."""
    case = _told_on(ito, kato, omp, CaseKind.REVOKE, from_on=date(2026, 6, 1), told_on=date(2026, 6, 10))
    held = fresh(omp.person)
    fifth, tenth = at(date(2026, 6, 5)), at(date(2026, 6, 10))
    assert [seen(held, date(2026, 6, 5), known) for known in (fifth, tenth, None)] == [
        "VALID", "REVOKED", "REVOKED",
    ]  # fmt: skip
    assert seen(held, date(2026, 5, 31)) == "VALID"
    # Reinstated from 1 July: the days before stay revoked.
    through(ito, kato, held, CaseKind.REINSTATE, date(2026, 7, 1))
    held = fresh(omp.person)
    days = (date(2026, 6, 30), date(2026, 7, 1))
    assert [seen(held, day) for day in days] == ["REVOKED", "VALID"]
    assert [seen(held, day, at(date(2026, 6, 30))) for day in days] == ["REVOKED", "REVOKED"]
    kinds = [(fact.kind, fact.effective_on, fact.cause) for fact in queries.history(held)]
    assert kinds[:2] == [("name", CERTIFIED_ON, "application:1"), ("term", date(2024, 4, 1), "application:1")]
    assert kinds[2] == ("revoked", date(2026, 6, 1), case.reference)
    assert [kind for kind, _on, _cause in kinds[3:]] == ["reinstated"]


def test_a_wrong_record_is_annulled_and_stays_readable(
    omp: Certification, ito: Person, kato: Person, a_day: None
) -> None:
    through(ito, kato, omp, CaseKind.SUSPEND, date(2026, 3, 1))
    through(ito, kato, fresh(omp.person), CaseKind.ANNUL, date(2026, 3, 20))
    held = fresh(omp.person)
    march = date(2026, 3, 10)
    assert (seen(held, march), seen(held, march, at(date(2026, 3, 15)))) == ("VALID", "SUSPENDED")
    assert [fact.kind for fact in queries.history(held) if fact.is_annulled] == ["suspended"]
    assert Certification.objects.get().footing == "in_force"
    # The next act finds a certification in force.
    through(ito, kato, held, CaseKind.SUSPEND, date(2026, 4, 1))
    assert seen(fresh(omp.person), date(2026, 4, 1)) == "SUSPENDED"


def test_every_state_of_the_six_comes_from_one_query(
    omp: Certification, ito: Person, kato: Person, a_day: None
) -> None:
    known = at(CERTIFIED_ON)
    days = (date(2024, 1, 9), date(2024, 1, 10), date(2024, 4, 1), date(2027, 3, 31), date(2027, 4, 1))
    assert [queries.state_on(omp, day, known) for day in days] == [
        State.NONE, State.NOT_STARTED, State.VALID, State.VALID, State.LAPSED,
    ]  # fmt: skip
    # Before it was recorded nothing was known of it.
    assert seen(omp, days[2], datetime(2024, 1, 9, tzinfo=known.tzinfo)) == "NOT_CERTIFIED"
    assert not queries.is_known(omp, datetime(2024, 1, 9, tzinfo=known.tzinfo))
    actions.file_renewal(
        by="s", certification=omp, on=date(2027, 2, 1), cause="application:9", at=at(date(2027, 2, 1))
    )
    held = fresh(omp.person)
    assert queries.state_on(held, days[4]) == State.PENDING
    assert queries.state_on(held, days[4], known) == State.LAPSED
    through(ito, kato, held, CaseKind.SUSPEND, date(2027, 2, 10))
    held = fresh(omp.person)
    assert [queries.state_on(held, day) for day in (date(2027, 2, 9), date(2027, 2, 10))] == [
        State.VALID, State.SUSPENDED,
    ]  # fmt: skip
    through(ito, kato, held, CaseKind.RELEASE, date(2027, 2, 20))
    through(ito, kato, fresh(omp.person), CaseKind.DEATH, date(2027, 3, 1))
    held = fresh(omp.person)
    ends = (date(2027, 2, 28), date(2027, 3, 1), days[4])
    assert [queries.state_on(held, day) for day in ends] == [State.VALID, State.ENDED, State.ENDED]
    # To everybody outside it has lapsed, and no more.
    assert seen(held, ends[1]) == StatusCode.EXPIRED
    verbs = [entry.verb for entry in leaves(held.subject)]
    assert verbs[:1] == ["registry.certify"]
    assert [verb for verb in verbs if verb in ("registry.suspend", "registry.release", "registry.end")] == [
        "registry.suspend", "registry.release", "registry.end",
    ]  # fmt: skip


def _told_on(
    ito: Person, kato: Person, held: Certification, kind: CaseKind, *, from_on: date, told_on: date
) -> Case:
    """A case that is told later than it counts from."""
    told = actions.Told(from_on, "届がありました。")
    when: dict[str, Any] = {"on": told_on, "at": at(told_on)}
    case = actions.ask_case(actor=ito, certification=held, kind=kind, told=told, papers=[photo()], **when)
    return actions.decide_case(actor=kato, case=case, granted=True, answer="", **when)
