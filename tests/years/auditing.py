"""The audits of a simulated office: terms, a frame and a draw each March, answers, marks, rulings, appeals.

What a ruling leaves of a claim is reckoned again from the second book, and every draw is drawn again.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from nintei.audits import actions, queries
from nintei.audits.actions import MarkSaid, TermsSaid
from nintei.audits.actions.announcing import Seed
from nintei.audits.models import Audit, Draw, Plea, PleaKind, Ruling
from nintei.audits.states import State
from nintei.journal.actions import checkpoint
from nintei.people.models import Person, Role
from nintei.registry.models import Term
from nintei.rules import points
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

from .evening import DAY, Holder, at

if TYPE_CHECKING:
    from .office import Office

FULL = {
    "A": ("certificate",), "B": ("certificate",),
    "C": ("subject", "detail", "date", "time"), "D": ("subject", "detail", "date", "time"),
}  # fmt: skip


class Audits:
    """Noda checks and Kato rules; after an appeal Ito checks and Ueda rules."""

    def __init__(self, office: Office, on: date) -> None:
        self.office = office
        self.board, self.noda = office.staff("board", Role.BOARD), office.staff("noda", Role.REVIEWER)
        self.ueda = office.staff("ueda", Role.DECIDER)
        self.drawing: Draw | None = None
        said = TermsSaid(
            share=Decimal(5), risk=Decimal(20), risk_rules=("just_enough",), strata="qualification",
            leaving="nobody", response_days=7, extension_days=5, appeal_days=3, retention_months=48,
            small_cell=5, from_on=on, words="理事会",
        )  # fmt: skip
        terms = actions.propose_terms(actor=self.board, said=said, on=on, at=at(on, 8))
        actions.answer_terms(actor=office.kato, terms=terms, agreed=True, on=on, at=at(on, 9))

    def live(self, day: date) -> None:
        """What the calendar brings, what the audited do, what the office does on working days."""
        if day.month == 3 and day.day <= 3:
            self._draw(day)
        if day.month not in (3, 4):
            return
        self.office.do("wait", lambda: self._by_itself(day))
        for audit in Audit.objects.filter(state=State.ASKED, due_on__gte=day).select_related("person"):
            self._holder_answers(audit, day)
        if day.weekday() < 5:
            self._office_works(day)

    def check(self, day: date) -> None:
        """Draws are as they were committed, and every ruling of the day left what the second book leaves."""
        if self.drawing is not None:
            assert queries.faults(self.drawing) == ()
        owners = {each.person.pk: each for each in self.office.holders}
        ruled = Ruling.objects.filter(agreed=True, on=day).exclude(proposal__outcome="exempt")
        for ruling in ruled.select_related("proposal", "audit__application"):
            left = _reckoned(owners[ruling.audit.person_id], ruling)
            assert ruling.proposal.total_after == left, (
                ruling.audit.number,
                ruling.proposal.total_after,
                left,
            )
            self.office.counts[f"audit {ruling.proposal.outcome}"] += 1

    # --- the draw ------------------------------------------------------------------------------

    def _draw(self, day: date) -> None:
        first = date(day.year, 3, 1)
        if day == first:
            seed = Seed(first + DAY, "終値", "", at(first + 2 * DAY, 9))
            told: dict[str, Any] = {"from_on": date(day.year, 1, 1), "to_on": first - DAY, "seed": seed}
            made: list[Draw] = []
            try:
                self.office.do(
                    "frame",
                    lambda: made.append(
                        actions.commit_frame(actor=self.office.ito, on=day, at=at(day, 8), **told)
                    ),
                )
            except Refused as refused:
                if refused.code != "audits.nobody_filed":
                    raise
            self.drawing = made[-1] if made else None
        elif self.drawing is not None and day == first + DAY:
            self.office.do("seal", lambda: actions.seal_due(by="system", on=day, at=at(day, 1)))
            self.office.do("sign", lambda: checkpoint(at=at(day, 1)))
        elif self.drawing is not None:
            value, draw = str(self.office.chance.randint(2000, 3000)), self.drawing
            for hour, person in ((10, self.office.ito), (11, self.office.kato)):
                self.office.do("number", partial(self._say, draw, person, value, day, hour))
            draw.refresh_from_db()
            assert draw.drawn_at is not None

    def _say(self, draw: Draw, person: Person, value: str, day: date, hour: int) -> None:
        actions.say_number(actor=person, draw=draw, value=value, source="新聞", on=day, at=at(day, hour))

    def _by_itself(self, day: date) -> None:
        told: dict[str, Any] = {"by": "system", "on": day, "at": at(day, 6)}
        actions.remind_due(**told)
        actions.settle_due(**told)

    # --- the audited ---------------------------------------------------------------------------

    def _holder_answers(self, audit: Audit, day: date) -> None:
        """A third answers on a day; some ask for more time first, and some never answer."""
        chance = self.office.chance
        if chance.random() < 0.1 and not audit.pleas.exists():
            self.office.do("plead", partial(self._plead, audit, day))
        elif chance.random() < 0.35:
            lacking = {line.pk for line in queries.lines(audit) if chance.random() < 0.2}
            self.office.do("answer", partial(self._answer, audit, lacking, day))

    def _answer(self, audit: Audit, lacking: set[int], day: date) -> None:
        for line in queries.open_lines(audit):
            actions.answer_line(
                actor=audit.person, line=line, words="そのとおりです。", as_other=False,
                nothing=line.pk in lacking, files=[], on=day, at=at(day, 12),
            )  # fmt: skip
        actions.send(actor=audit.person, audit=audit, version=None, on=day, at=at(day, 13))

    def _plead(self, audit: Audit, day: date) -> None:
        told: dict[str, Any] = {"until_on": audit.due_on + 3 * DAY, "on": day, "at": at(day, 12)}
        actions.plead(
            actor=audit.person, audit=audit, kind=PleaKind.EXTENSION, words="出張です。", about=None, **told
        )

    # --- the office ----------------------------------------------------------------------------

    def _office_works(self, day: date) -> None:
        for plea in Plea.objects.filter(granted=None, kind=PleaKind.EXTENSION, audit__state=State.ASKED):
            self.office.do("answer plea", partial(self._grant, plea, day))
        for audit in self._in((State.PROPOSED,)):
            self.office.do("rule", partial(self._rule, audit, day))
        for audit in Audit.objects.filter(state=State.CLOSED).select_related("person"):
            self._maybe_appeal(audit, day)
        late = Audit.objects.filter(state=State.ASKED, due_on__lt=day)
        for audit in [*self._in((State.ANSWERED, State.APPEALED)), *late.select_related("person")]:
            self.office.do("check", partial(self._check, audit, day))

    def _in(self, states: tuple[State, ...]) -> list[Audit]:
        return list(Audit.objects.filter(state__in=states).select_related("person").order_by("number"))

    def _grant(self, plea: Plea, day: date) -> None:
        told: dict[str, Any] = {"until_on": None, "words": "", "on": day, "at": at(day, 15)}
        actions.answer_plea(actor=self.noda, plea=plea, granted=plea.audit.due_on >= day, **told)

    def _check(self, audit: Audit, day: date) -> None:
        """Lines without a document are struck; after an appeal somebody else finds the documents after all."""
        appealed = audit.pleas.filter(kind=PleaKind.APPEAL).exists()
        auditor = self.office.ito if appealed else self.noda
        told: dict[str, Any] = {"actor": auditor, "on": day, "at": at(day, 17)}
        row = actions.take_up(audit=audit, version=None, **told)
        for line in queries.lines(row):
            lacks = (line.nothing or line.answered_at is None) and not appealed
            strikes = MarkSaid("struck", reason="no_proof", words="書類がありません。")
            accepts = MarkSaid("accepted", shows=FULL[line.told["category"]])
            actions.mark_line(line=line, said=strikes if lacks else accepts, **told)
        actions.propose(audit=row, version=None, special="", words="", **told)

    def _rule(self, audit: Audit, day: date) -> None:
        appealed = audit.pleas.filter(kind=PleaKind.APPEAL).exists()
        decider = self.ueda if appealed else self.office.kato
        told: dict[str, Any] = {"agreed": True, "words": "", "on": day, "at": at(day, 16)}
        actions.rule(actor=decider, audit=audit, version=None, **told)

    def _maybe_appeal(self, audit: Audit, day: date) -> None:
        if not queries.may_appeal(audit, queries.standing_ruling(audit), day):
            return
        if self.office.chance.random() < 0.3:
            when: dict[str, Any] = {"on": day, "at": at(day, 18)}
            self.office.do(
                "appeal",
                lambda: actions.appeal(actor=audit.person, audit=audit, words="書類があります。", **when),
            )


def _reckoned(holder: Holder, ruling: Ruling) -> str:
    """What the kernel says of the lines that were claimed, by the second book, without those struck."""
    claim = ruling.audit.application.claim
    term = Term.objects.select_related("certification").get(pk=claim["term"])
    filed_on = date.fromisoformat(claim["filed_on"])
    cycle = points.Cycle(
        start=term.starts_on, end=term.ends_on, submitted_on=filed_on,
        certified_on=term.certification.certified_on, qualification=term.certification.qualification,
    )  # fmt: skip
    stand = [UUID(line["id"]) for line in claim["lines"] if line["id"] not in ruling.proposal.struck]
    total = points.evaluate(edition(filed_on), cycle, [holder.lines[key] for key in stand]).total
    return f"{float(total):.1f}"
