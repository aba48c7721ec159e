"""What a standing means for its holder, in sentences: on course or not, what to do next, where numbers come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nintei.ledger import wording
from nintei.ledger.queries import Standing
from nintei.ledger.years import short_day, yearly_cap
from nintei.rules.edition import Citation, Edition
from nintei.rules.planning import Plan, Step
from nintei.shared.wording import amount, day, minutes, points
from nintei.shared.wording import months as long_months


@dataclass(frozen=True)
class Course:
    """The sentence on the renewal: `first` is said loudly, `rest` explains it."""

    first: str
    rest: str


@dataclass(frozen=True)
class Advice:
    """A next step in words, what it adds, and what the total then is."""

    title: str
    text: str
    points: Fraction
    total: Fraction
    needs_course: bool
    is_work: bool


@dataclass(frozen=True)
class Why:
    """A number's origin: the question and the clause that answers it."""

    anchor: str
    title: str
    cite: Citation


def course(standing: Standing) -> Course:
    """One sentence that says whether the renewal is on course."""
    plan, words = standing.plan, _words(standing)
    first = _("あと%(missing)sポイント。") % words
    rest = {
        "revoked": _("この資格は、%(since)sに取り消されました。"),
        "ended": _("この資格は、%(since)sに終わりました。"),
        "renewed": _("更新されました。次の有効期間は%(until)sまでです。"),
        "refused": _("更新は認められませんでした。資格は%(end)sまでです。"),
        "filed": _("%(filed)sに更新を申請しました。この日までの活動で審査します。決まるまで資格は続きます。"),
        "over": _("更新の受付は%(closes)sに終わりました。"),
        "met": _("更新に必要なポイントに届いています。"),
        "needs_uncapped": _(
            "空き枠は%(reachable)sです。残りの%(least)sは、上限のない%(uncapped)sで取ります。"
        ),
        "out_of_reach": _("空き枠は%(reachable)sなので、%(last)sまでには届きません。"),
    }
    if standing.state == "on_course":
        this = _("今年度の空き枠は%(reachable)sあるので、期限までに届きます。")
        later = _("期限までの空き枠は合わせて%(reachable)sあるので、間に合います。")
        return Course(first, (this if standing.room_is_of_this_year else later) % words)
    if standing.state in ("needs_uncapped", "out_of_reach"):
        return Course(first, rest[standing.state] % words)
    if standing.is_ended:
        said = _(
            "更新は申請できません。活動の記録はそのまま残ります。お尋ねは、協会の事務局にお知らせください。"
        )
        return Course(rest[standing.state] % words, said)
    if standing.state == "met":
        return Course(rest["met"], _may_file(standing))
    return Course(
        rest[standing.state] % words, _missed(standing) if plan.missing or standing.claim is None else ""
    )


def _words(standing: Standing) -> dict[str, str]:
    plan = standing.plan
    return {
        "missing": points(plan.missing),
        "reachable": points(plan.reachable),
        "least": points(plan.least_uncapped),
        "uncapped": _both(standing.edition, plan.uncapped),
        "last": day(plan.last_day),
        "closes": day(standing.window.closes),
        "filed": day(standing.claim.filed_on) if standing.claim else "",
        "until": day(standing.status.valid_until),
        "end": day(standing.term.ends_on),
        "since": day(standing.since) if standing.since else "",
    }


def _may_file(standing: Standing) -> str:
    if standing.may_file:
        return _("%(closes)sまで、更新を申請できます。") % {"closes": day(standing.window.closes)}
    return _("受付が始まる%(opens)sから、更新を申請できます。") % {"opens": day(standing.window.opens)}


def _missed(standing: Standing) -> str:
    """What lapse means: nothing is invented beyond what the documents say."""
    if standing.claim:
        return ""
    end = day(standing.term.ends_on)
    if standing.is_over:
        return _("資格は%(end)sに有効期間が終わりました。") % {"end": end}
    return _("資格は%(end)sまで有効です。その後は失効し、名乗れなくなります。") % {"end": end}


def steps(standing: Standing) -> list[Advice]:
    """At most three next steps in words, cheapest first, as the kernel plans them."""
    return steps_of(standing.edition, standing.plan)


def steps_of(edition: Edition, plan: Plan) -> list[Advice]:
    """The same of a plan alone, for somebody without a certification on file."""
    return [_advice(edition, plan, step) for step in plan.steps]


def steps_said(standing: Standing) -> str:
    """How far the steps lead."""
    found = standing.plan.steps
    if not found or not standing.plan.possible:
        return ""
    words = {"count": len(found), "required": points(standing.balance.required, 0)}
    said = ngettext(
        "手間の少ない順です。%(count)dつで%(required)sポイントに届きます。",
        "手間の少ない順です。%(count)dつで%(required)sポイントに届きます。",
        len(found),
    )
    return said % words


def _advice(edition: Edition, plan: Plan, step: Step) -> Advice:
    long = _long(edition, step)
    needs_course = any(edition.categories[code].needs_registered_course for code in step.categories)
    return Advice(
        _title(edition, step, long), _text(edition, plan, step, long), step.points, step.total, needs_course,
        edition.rulebook == "conken" and step.categories == ("D",),
    )  # fmt: skip


def _long(edition: Edition, step: Step) -> str:
    """How long a step takes, or how many items it is: the least that gives its points."""
    code = step.categories[0]
    much = step.points / edition.categories[code].rate
    return amount(0, ceil(much)) if wording.is_by_item(edition, code) else minutes(int(much * 60))


def _title(edition: Edition, step: Step, long: str) -> str:
    names = _both(edition, step.categories, together=step.together)
    if edition.rulebook == "conken" and step.categories == ("D",):
        return _("仕事を専門活動（D）として記録する")
    if edition.rulebook == "conken" and step.categories == ("C",):
        return _("読書や講演会を記録する（C）")
    if any(
        edition.categories[code].needs_registered_course for code in step.categories
    ) or step.categories == ("B",):
        return _("研修を%(long)s受ける（%(names)s）") % {"long": long, "names": names}
    return _("%(names)sを記録する") % {"names": names}


def _text(edition: Edition, plan: Plan, step: Step, long: str) -> str:
    code = step.categories[0]
    cap = yearly_cap(edition, code)
    this_year = len(step.shares) == 1 and step.shares[0].year.first <= plan.on <= step.shares[0].year.last
    opening = next((each for each in plan.openings if each.category == code), None)
    if not this_year:
        return _by_year(edition, step)
    if len(step.categories) > 1 or cap is None or opening is None:
        return ""
    if opening.points == cap.points:
        return _("今年度の%(code)sの枠%(room)sが、すべて空いています。") % {
            "code": code,
            "room": points(opening.points),
        }
    words = {"code": code, "room": points(opening.points), "long": long}
    if wording.is_by_item(edition, code):
        return _("%(code)sの枠はあと%(room)s、件数では%(long)sです。") % words
    return _("%(code)sの枠はあと%(room)s、時間では%(long)sです。") % words


def _by_year(edition: Edition, step: Step) -> str:
    parts = [
        _("%(year)sに%(points)s（%(last)sまで）")
        % {
            "year": wording.year_name(edition, share.year),
            "points": points(share.points),
            "last": short_day(share.last_day),
        }
        for share in step.shares
    ]
    return _("%(shares)sが入ります。") % {"shares": wording.listed(parts)}


def _both(edition: Edition, codes: tuple[str, ...], *, together: bool = False) -> str:
    """Category letters as words: AまたはB, or BとC together."""
    return (_("と") if together else _("または")).join(codes)


def relief_said(standing: Standing) -> str:
    """By how much windows of hardship lower what is needed; empty where they change nothing."""
    balance, months = standing.balance, standing.balance.relieved_months
    if not months:
        return ""
    said = {
        "months": long_months(months),
        "all": points(standing.edition.points.required, 0),
        "required": points(balance.required, 0),
    }
    return (
        _("病気・出産・災害の期間が%(months)sあるので、必要なポイントは%(all)sから%(required)sになります。")
        % said
    )


def carried_said(standing: Standing) -> str:
    """How many points the last cycle left over for this one; empty where none (AMB-C16)."""
    carried = standing.balance.carried
    if not carried:
        return ""
    return _("前の有効期間から繰り越した%(points)sポイントを含みます。") % {"points": points(carried)}


def reasons(standing: Standing) -> list[Why]:
    """Where the numbers of the page come from: each with its clause."""
    edition = standing.edition
    rules, validity = edition.points, edition.validity
    window = {"opens": short_day(standing.window.opens), "closes": short_day(standing.window.closes)}
    required = _("%(required)sポイントが必要な理由") % {"required": points(rules.required, 0)}
    found = [
        ("required", required, rules.cites.get("required")),
        ("relief", _("必要なポイントが少なくなる理由"), _relief_cite(standing)),
        (
            "carried",
            _("ポイントを繰り越せる理由"),
            rules.cites.get("carry_over") if standing.balance.carried else None,
        ),
        *_caps(edition),
        ("work", _("業務経験をDに数える理由"), edition.citations.get("settings.work_experience_counts")),
        (
            "rounding",
            _("%(minutes)s分ごとに数える理由") % {"minutes": _step(edition)},
            rules.cites.get("rounding"),
        ),
        ("window", _("申請する日までの活動を数える理由"), rules.cites.get("window")),
        (
            "opens",
            _("受付が%(opens)sから%(closes)sまでの理由") % window,
            validity.cites.get("window_opens_months"),
        ),
    ]
    return [Why(f"why-{key}", title, cite) for key, title, cite in found if cite is not None]


def all_reasons(standings: Iterable[Standing]) -> list[Why]:
    """The reasons of several certifications: what they share once, what differs beside each other."""
    found: dict[str, Why] = {}
    for standing in standings:
        taken = {each.anchor for each in found.values()}
        for why in reasons(standing):
            own = f"{why.anchor}-{standing.certification.qualification.lower()}"
            found.setdefault(why.title, replace(why, anchor=own) if why.anchor in taken else why)
    return list(found.values())


def _relief_cite(standing: Standing) -> Citation | None:
    rule = standing.edition.points.relief
    return rule.cite if rule and standing.balance.relieved_months else None


def _step(edition: Edition) -> float:
    return wording.step_minutes(edition, wording.first_by_hour(edition))


def _caps(edition: Edition) -> list[tuple[str, str, Citation | None]]:
    """The yearly caps, those of equal height together under the clause of the first."""
    by_points: dict[Fraction, list[str]] = {}
    cites: dict[Fraction, Citation] = {}
    for code in edition.categories:
        if cap := yearly_cap(edition, code):
            by_points.setdefault(cap.points, []).append(code)
            cites.setdefault(cap.points, cap.cite)
    return [
        (
            "caps",
            _("%(codes)sが1年に%(cap)sポイントまでの理由")
            % {"codes": wording.listed(codes), "cap": points(cap, 0)},
            cites[cap],
        )
        for cap, codes in by_points.items()
    ]
