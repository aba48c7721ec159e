"""What the applicant's page shows, put together from queries and the kernel: tasks, validity, fee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nintei.applications import gaps as parts
from nintei.applications import queries
from nintei.applications.models import Application, Kind
from nintei.applications.whenever import Whenever, whenever
from nintei.applications.words import fill
from nintei.experience.queries import Case
from nintei.payments import queries as fees
from nintei.payments.models import Fee
from nintei.registry.models import ExamPass
from nintei.rules import fees as prices
from nintei.rules.edition import Citation, Edition
from nintei.shared import wording
from nintei.shared.refusals import Refused


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the task list. Without `url` it cannot be started yet."""

    title: str
    hint: str
    tone: str
    word: str
    url: str = ""

    @property
    def is_done(self) -> bool:
        """Nothing more to do here."""
        return self.tone == "ok"


def tasks(application: Application, case: Case, report: ExamPass | None, gaps: tuple[str, ...]) -> list[Task]:
    """What there is to do, in order; the last one opens when the others are done."""
    code = {"qualification": application.qualification}
    person = application.person
    count = len(case.posts)
    fields = len({key for row in case.posts for key in row.fields})
    posts_hint = _("%(posts)s、%(fields)s") % {
        "posts": ngettext("%(n)dつの職歴", "%(n)dつの職歴", count) % {"n": count},
        "fields": ngettext("%(n)dつの分野", "%(n)dつの分野", fields) % {"n": fields},
    }
    issued = _("試験結果レポート %(day)s発行") % {"day": wording.day(report.issued_on)} if report else ""
    lines = [
        _task(
            _("試験の合格"), issued or _("協会が取り込むと、ここに出ます"),
            parts.REPORT not in gaps, reverse("registry:passes"),
        ),
        _task(_("業務経験"), posts_hint if count else _("職歴を加えます"), bool(count), "#h-exp"),
        _task(
            _("ご本人の確認"), _("氏名とフリガナ"),
            bool(person.name and person.kana), reverse("people:profile"),
        ),
        _attestation(case, reverse("experience:attestors", kwargs=code)),
        _task(
            _("倫理綱領・継続教育方針の順守の宣誓"), _("本文を読み、署名します"),
            parts.FORM_D not in gaps, reverse("applications:pledge", kwargs=code),
        ),
    ]  # fmt: skip
    ready = not gaps
    lines.append(
        Task(
            _("確認して送る、手数料を払う"),
            "" if ready else _("上の5つが終わると始められます"),
            "info" if ready else "plain",
            _("これから") if ready else _("まだ"),
            reverse("applications:check", kwargs=code) if ready else "",
        )
    )
    return lines


def _task(title: str, hint: str, is_done: bool, url: str) -> Task:
    return Task(title, hint, "ok" if is_done else "info", _("終わった") if is_done else _("これから"), url)


def _attestation(case: Case, url: str) -> Task:
    title = _("業務経験の証明")
    answered = sum(row.answered for row in case.posts)
    hint = ngettext("%(all)d件のうち%(n)d件。", "%(all)d件のうち%(n)d件。", answered)
    hint %= {"all": len(case.posts), "n": answered}
    if case.waiting:
        names = _("、").join(request.attestor_name for request in case.waiting)
        waits = fill(_("%(names)sさんの返事待ち"), names=names)
        return Task(title, format_html("{}{}", hint, waits), "wait", _("返事待ち"), url)
    if case.posts and answered == len(case.posts):
        return Task(title, hint, "ok", _("終わった"), url)
    return Task(
        title, hint if case.posts else _("職歴を加えると、お願いできます"), "info", _("これから"), url
    )


@dataclass(frozen=True, slots=True)
class BeforeFee:
    """What somebody should know before paying: what applying today leads to, and the price."""

    when: Whenever
    price: prices.Fee | None
    price_refused: str
    payer_name: str
    cite_no_refund: Citation | None


def before_fee(edition: Edition, application: Application, report: ExamPass, on: date) -> BeforeFee:
    """The box before the fee, every day and yen by the kernel (MAN-イ.C1, AMB-V3, V11)."""
    price, refused = price_if_set(application.kind, application.qualification, on)
    payer = fees.payer_name_to_write(Fee(pass_number=report.number, kana=application.person.kana))
    cite = edition.fees.cites.get("refundable_after_acceptance")
    return BeforeFee(whenever(edition, report.issued_on, on), price, refused, payer, cite)


def price_if_set(kind: str, qualification: str, on: date) -> tuple[prices.Fee | None, str]:
    """The price in yen on a day, or None with the sentence that says why there is none."""
    try:
        return fees.price_of(kind=kind, qualification=qualification, on=on), ""
    except Refused as why:
        return None, why.sentence()


def own_pledge(application: Application) -> object:
    """The pledge of a first application; a renewal has none (AMB-A9)."""
    return queries.pledge_of(application) if application.kind == Kind.FIRST else None
