"""The eligibility check for anyone: what the kernel says of a report and some posts. Asks and keeps nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nintei.applications.models import Kind
from nintei.applications.pages import price_if_set
from nintei.applications.whenever import Whenever, whenever
from nintei.experience.queries import Case
from nintei.experience.queries.imagined import Told, imagined
from nintei.experience.queries.timeline import Drawing, drawings
from nintei.experience.queries.verdict import Standing, standing
from nintei.rules import dates
from nintei.rules import fees as prices
from nintei.rules.edition import Edition, Qualification
from nintei.rules.experience import Result
from nintei.shared import wording


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer by criterion. `standing` is None where no certification is needed (MAN-表.6)."""

    on: date
    qualification: Qualification
    use: dates.ReportUse | None
    when: Whenever | None
    case: Case | None
    standing: Standing | None
    drawings: tuple[Drawing, ...]
    price: prices.Fee | None
    price_refused: str

    @property
    def tone(self) -> str:
        """The whole answer: ok, wait (not yet, or something is still unknown), bad (not this way)."""
        if self.standing is None:
            return "ok"
        if self.use and not self.use.usable:
            return "bad"
        if self.standing.claimed.result is Result.ELIGIBLE:
            return "ok" if self.use else "wait"
        return "bad" if self.is_too_late or self.standing.met_on is None else "wait"

    @property
    def is_too_late(self) -> bool:
        """Experience would be enough only after the report can no longer be used."""
        met_on = self.standing and self.standing.met_on
        return bool(met_on and self.use and met_on > self.use.last_day)

    @property
    def headline(self) -> str:
        """The answer in a sentence."""
        if self.standing is None:
            return _("この資格は、試験の合格だけで取得できます")
        if self.use and not self.use.usable:
            return _("このレポートでは申請できません")
        if self.standing.claimed.result is Result.ELIGIBLE:
            return _("業務経験は、書かれたとおりなら足りています")
        return self._not_yet(self.standing)

    def _not_yet(self, told: Standing) -> str:
        if self.case is None or not self.case.posts:
            return _("業務経験を書くと、足りるかどうかが分かります")
        if told.met_on is None:
            return _("いまの職歴を続けるだけでは、業務経験は足りません")
        if self.is_too_late:
            return _("業務経験が足りるのは、レポートが使えなくなったあとです")
        return _("いまの職歴が続けば、%(day)sに足ります") % {"day": wording.day(told.met_on)}


def check(
    edition: Edition, qualification: str, issued_on: date | None, told: Sequence[Told], on: date
) -> Checked:
    """Hold a report of `issued_on` and some posts against the criteria on a (JST) day."""
    wanted = edition.qualifications[qualification]
    if not wanted.certified:
        return Checked(on, wanted, None, None, None, None, (), None, "")
    case = imagined(told, on)
    found = standing(edition, qualification, case, on)
    price, refused = price_if_set(Kind.FIRST, qualification, on)
    return Checked(
        on=on,
        qualification=wanted,
        use=dates.report_use(edition, issued_on, on, qualification) if issued_on else None,
        when=whenever(edition, issued_on, on) if issued_on else None,
        case=case,
        standing=found,
        drawings=drawings(case.posts, found.claimed, found.attested),
        price=price,
        price_refused=refused,
    )


def missing_from(told: Sequence[Told], case: Case) -> list[Told]:
    """The posts that do not yet stand in somebody's case: taking an answer along twice adds nothing."""
    there = {
        Told(
            row.post.organisation, row.post.started_on, row.post.ended_on, dict.fromkeys(row.fields, ""),
            row.post.department, row.post.role,
        ).key
        for row in case.posts
    }  # fmt: skip
    return [each for each in told if each.key not in there]
