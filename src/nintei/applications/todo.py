"""The applicant's task list: what is done, what there is to do, who is waited for, what cannot be done yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nintei.applications import gaps as parts
from nintei.applications.actions.receiving import check_report
from nintei.applications.models import Application
from nintei.applications.words import fill
from nintei.experience.models import HalfPost
from nintei.experience.queries import Case
from nintei.registry.models import ExamPass
from nintei.shared import wording
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


class Stage(StrEnum):
    """How far a task is."""

    DONE = "done"
    TO_DO = "to_do"
    BEGUN = "begun"
    WAITING = "waiting"
    NOT_YET = "not_yet"
    STUCK = "stuck"


# The colour and the word of each stage's chip.
CHIPS = {
    Stage.DONE: ("ok", gettext_lazy("終わった")),
    Stage.TO_DO: ("info", gettext_lazy("これから")),
    Stage.BEGUN: ("info", gettext_lazy("途中")),
    Stage.WAITING: ("wait", gettext_lazy("返事待ち")),
    Stage.NOT_YET: ("plain", gettext_lazy("まだ")),
    Stage.STUCK: ("bad", gettext_lazy("使えません")),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the task list. Without `url` it cannot be started yet."""

    title: str
    hint: str
    stage: Stage
    url: str = ""

    @property
    def tone(self) -> str:
        """The colour of its chip."""
        return CHIPS[self.stage][0]

    @property
    def word(self) -> str:
        """The word on its chip."""
        return str(CHIPS[self.stage][1])

    @property
    def is_done(self) -> bool:
        """Nothing more to do here."""
        return self.stage == Stage.DONE


@dataclass(frozen=True)
class Desk:
    """What the tasks are read from: everything was asked for once, before."""

    application: Application
    case: Case
    report: ExamPass | None
    gaps: tuple[str, ...]
    halves: list[HalfPost]
    has_pledge_text: bool
    on: date

    @property
    def code(self) -> dict[str, str]:
        """The arguments of the pages of this application."""
        return {"qualification": self.application.qualification}

    @cached_property
    def refused(self) -> str:
        """Why the report cannot carry this application; nothing where it can, or where there is none."""
        if self.report is None:
            return ""
        try:
            check_report(self.application, self.on, self.report)
        except Refused as why:
            return why.sentence()
        return ""


def tasks(desk: Desk) -> list[Task]:
    """What there is to do, in order; the last one opens when the others are done."""
    asked = [
        task(desk)
        for part, task in (
            (parts.REPORT, _report), (parts.FORM_A, _person), (parts.FORM_B, _posts),
            (parts.FORM_C, _attestation), (parts.FORM_D, _pledge),
        )
        if parts.is_asked(edition(desk.on), part)
    ]  # fmt: skip
    return [*asked, _send(desk, len(asked))]


def _person(desk: Desk) -> Task:
    person = desk.application.person
    is_known = bool(person.name and person.kana)
    return _plain(_("ご本人の確認"), _("氏名とフリガナ"), is_known, reverse("people:profile"))


def _plain(title: str, hint: str, is_done: bool, url: str) -> Task:
    return Task(title, hint, Stage.DONE if is_done else Stage.TO_DO, url)


def _report(desk: Desk) -> Task:
    title, url = _("試験の合格"), reverse("registry:passes")
    if desk.report is None:
        return Task(title, _("協会が取り込むと、ここに出ます"), Stage.TO_DO, url)
    if desk.refused:
        return Task(title, desk.refused, Stage.STUCK, url)
    day = wording.day(desk.report.issued_on)
    return Task(title, _("試験結果レポート %(day)s発行") % {"day": day}, Stage.DONE, url)


def _posts(desk: Desk) -> Task:
    title, count = _("業務経験"), len(desk.case.posts)
    if desk.halves:
        n = len(desk.halves)
        words = ngettext("書きかけの職歴が%(n)dつあります", "書きかけの職歴が%(n)dつあります", n) % {"n": n}
        return Task(title, words, Stage.BEGUN, "#h-exp")
    if not count:
        return Task(title, _("職歴を加えます"), Stage.TO_DO, reverse("experience:add_post", kwargs=desk.code))
    fields = len({key for row in desk.case.posts for key in row.fields})
    hint = _("%(posts)s、%(fields)s") % {
        "posts": ngettext("%(n)dつの職歴", "%(n)dつの職歴", count) % {"n": count},
        "fields": ngettext("%(n)dつの分野", "%(n)dつの分野", fields) % {"n": fields},
    }
    return Task(title, hint, Stage.DONE, "#h-exp")


def _attestation(desk: Desk) -> Task:
    title, url = _("業務経験の証明"), reverse("experience:attestors", kwargs=desk.code)
    posts, waiting = desk.case.posts, desk.case.waiting
    if not posts:
        return Task(title, _("職歴を加えると、お願いできます"), Stage.NOT_YET)
    answered = sum(row.answered for row in posts)
    hint = ngettext("%(all)d件のうち%(n)d件。", "%(all)d件のうち%(n)d件。", answered)
    hint %= {"all": len(posts), "n": answered}
    if waiting:
        names = _("、").join(request.attestor_name for request in waiting)
        return Task(
            title,
            format_html("{}{}", hint, fill(_("%(names)sさんの返事待ち"), names=names)),
            Stage.WAITING,
            url,
        )
    if any(row.answered and not row.attested for row in posts):
        hint += _("残りの月だけ、お願いできます。")
    return _plain(title, hint, answered == len(posts), url)


def _pledge(desk: Desk) -> Task:
    title, url = _("倫理綱領・継続教育方針の順守の宣誓"), reverse("applications:pledge", kwargs=desk.code)
    if parts.FORM_D in desk.gaps and not desk.has_pledge_text:
        return Task(title, _("宣誓の本文を、協会がまだ定めていません"), Stage.NOT_YET, url)
    return _plain(title, _("本文を読み、署名します"), parts.FORM_D not in desk.gaps, url)


def _send(desk: Desk, count: int) -> Task:
    title = _("確認して送る、手数料を払う")
    if desk.gaps or desk.refused:
        before = ngettext("上の%(n)dつが終わると始められます", "上の%(n)dつが終わると始められます", count)
        return Task(title, before % {"n": count}, Stage.NOT_YET)
    return Task(title, "", Stage.TO_DO, reverse("applications:check", kwargs=desk.code))
