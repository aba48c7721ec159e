"""An application at a glance, for its applicant's home: the four criteria, who is waited for, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nintei.applications import queries, states, words
from nintei.applications.gaps import gap_words, missing_parts
from nintei.applications.judging import Part
from nintei.applications.models import Application
from nintei.applications.pace import Pace, attestors_pace, pace
from nintei.experience import queries as experience
from nintei.experience.queries import Case
from nintei.experience.queries.verdict import standing
from nintei.payments import queries as fees
from nintei.rules.edition import Text
from nintei.shared.rulebook import edition


@dataclass(frozen=True, slots=True)
class Mark:
    """A criterion and how it stands: `tone` ok, wait (somebody is waited for), todo, bad."""

    mark: str
    name: Text
    tone: str

    @property
    def word(self) -> str:
        """The tone for those who do not see it."""
        words = {"ok": _("満たす"), "wait": _("待っています"), "bad": _("満たさない"), "todo": _("まだ")}
        return words[self.tone]


@dataclass(frozen=True, slots=True)
class Glance:
    """What the home page says of an application that is under way."""

    marks: tuple[Mark, ...]
    waits: str
    pace: Pace | None


def glance(application: Application, on: date) -> Glance | None:
    """An application that is not over, on a (JST) day; None for one that is."""
    if application.state in states.CLOSED:
        return None
    case = experience.case(application.person, on)
    judged = queries.verdict(application, on, case)
    is_draft = application.state in states.EDITABLE and application.submitted_on is None
    marks = tuple(
        Mark(
            part.mark,
            part.name,
            _draft_tone(part, application, case, on) if is_draft else _tone(part, application),
        )
        for part in judged.parts
    )
    if not is_draft:
        return Glance(marks, words.waits(application, application.person), pace(application, on))
    gaps = missing_parts(application, on, case)
    return Glance(marks, _draft_waits(case, gap_words(gaps)), attestors_pace(case, on))


def _draft_tone(part: Part, application: Application, case: Case, on: date) -> str:
    """Of what is not sent yet: nothing is wrong that is merely not done."""
    if part.code == "experience" and case.posts:
        tone = standing(edition(on), application.qualification, case, on).tone
        return "todo" if tone == "bad" else tone
    if part.code == "exam_pass" and queries.report_for(application) and part.met is False:
        return "bad"
    return {True: "ok", None: "wait"}.get(part.met, "todo")


def _tone(part: Part, application: Application) -> str:
    fee = fees.fee_for(queries.origin(application).reference) if part.code == "fee" else None
    if fee and not fees.is_settled(fee):
        return "wait"
    return {True: "ok", None: "wait"}.get(part.met, "bad")


def _draft_waits(case: Case, gaps: str) -> str:
    if case.waiting:
        names = _("、").join(request.attestor_name for request in case.waiting)
        return words.fill(_("%(names)sさんの返事を待っています"), names=names)
    if gaps:
        return _("これからすること：%(gaps)s") % {"gaps": gaps}
    return _("あとは送るだけです")
