"""Is the work experience enough? Months in all, in a required field, in how many fields (MAN-ウ②).

Calendar time counts once (AMB-E2): days are united, months are reckoned by whole civil months with exact
fractions and compared exactly (AMB-E7). Each field of a post gets the post's full time (AMB-E3). Time that
nobody attests does not count (MAN-ウ②.5); time attested from another organisation counts, but a person must
look (MAN-ウ②.7). What the machine cannot decide it says is for review, and refuses nobody for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from nintei.rules.civil import DAY, months_between
from nintei.rules.edition import Edition, ExperienceRules, OtherOrganisation, Qualification, RequiredFieldRule
from nintei.rules.findings import BadInput, Finding


class AttestedBy(StrEnum):
    """Who signs for a post (MAN-ウ②.5–7, AMB-E8)."""

    SUPERVISOR_THERE = "supervisor_there"
    FORMER_SUPERVISOR_WHO_LEFT = "former_supervisor_who_left"
    PRESENT_EMPLOYER = "present_employer"
    SELF = "self"
    NONE = "none"


class Result(StrEnum):
    """The outcome: enough, not enough, or a person must look."""

    ELIGIBLE = "ELIGIBLE"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    REVIEW = "REVIEW"


class Reason(StrEnum):
    """What is not enough."""

    TOTAL_LT_5Y = "TOTAL_LT_5Y"
    FIELDS_LT_2 = "FIELDS_LT_2"
    REQUIRED_LT_2Y = "REQUIRED_LT_2Y"


class Flag(StrEnum):
    """What a reviewer should see."""

    NOT_ATTESTED = "NOT_ATTESTED"
    SELF_ATTESTED = "SELF_ATTESTED"
    ATTESTOR_OTHER_ORG = "ATTESTOR_OTHER_ORG"
    REQUIRED_MET_IF_SUMMED = "REQUIRED_MET_IF_SUMMED"


class Span(NamedTuple):
    """Days from `start` to `end`, both included."""

    start: date
    end: date


class Post(NamedTuple):
    """A post held from `start` to `end`, both included; `end` is None for the present post.

    `fields` are keys of the edition's fields of practice; other words do not count. `leaves` are days on
    which nothing was worked: they are taken out of the calendar time of the post (AMB-E9).
    """

    id: str
    start: date
    end: date | None
    fields: frozenset[str]
    attested_by: AttestedBy = AttestedBy.SUPERVISOR_THERE
    leaves: tuple[Span, ...] = ()


class Experience(NamedTuple):
    """What the posts amount to. Months are exact; `whole` gives the months shown.

    `actual` is worked, `substitution` is what counts of the substituted months, `counted` their sum.
    `by_field` has every field of the edition; `required` is what the rule of the required field sees and
    `required_fields` the fields it looks at. `blocks` are the worked days united, `gaps` the days between
    them, `overlaps` days held twice.
    """

    qualification: str
    on: date
    actual: Fraction
    substitution: Fraction
    counted: Fraction
    by_field: dict[str, Fraction]
    fields: tuple[str, ...]
    required_fields: tuple[str, ...]
    required: Fraction
    blocks: tuple[Span, ...]
    gaps: tuple[Span, ...]
    overlaps: tuple[Span, ...]
    result: Result
    reasons: tuple[Reason, ...]
    flags: tuple[Flag, ...]
    findings: tuple[Finding, ...]


class MetOn(NamedTuple):
    """When an unmet rule would be met if the present posts go on; `on` is None for never that way."""

    reason: Reason
    on: date | None


def whole(months: Fraction) -> int:
    """The whole months shown for an exact number of months (never rounded up).

    >>> whole(Fraction(119, 2))
    59
    """
    return months.numerator // months.denominator


def unite(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The days of `spans` as the fewest spans, in order; spans that touch become one.

    >>> unite([Span(date(2020, 1, 1), date(2020, 1, 31)), Span(date(2020, 2, 1), date(2020, 2, 9))])
    (Span(start=datetime.date(2020, 1, 1), end=datetime.date(2020, 2, 9)),)
    """
    united: list[Span] = []
    for span in sorted(spans):
        if united and span.start <= united[-1].end + DAY:
            united[-1] = Span(united[-1].start, max(united[-1].end, span.end))
        else:
            united.append(span)
    return tuple(united)


def months_of(spans: Iterable[Span]) -> Fraction:
    """The months in the days of `spans`, exact, each day once."""
    return sum((months_between(block.start, block.end) for block in unite(spans)), Fraction(0))


def gaps_between(blocks: Sequence[Span]) -> tuple[Span, ...]:
    """The days between united `blocks`."""
    return tuple(Span(a.end + DAY, b.start - DAY) for a, b in pairwise(blocks))


def overlaps_of(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The days that more than one of `spans` holds: they count once, and the time line shows them."""
    twice: list[Span] = []
    reached: date | None = None
    for span in sorted(spans):
        if reached is not None and span.start <= reached:
            twice.append(Span(span.start, min(span.end, reached)))
        reached = span.end if reached is None else max(reached, span.end)
    return unite(twice)


def weigh(
    edition: Edition, qualification: str, posts: Sequence[Post], on: date, substitution_months: int = 0
) -> Experience:
    """Weigh `posts` for `qualification` up to and including the day of application `on` (AMB-E6).

    A present post runs to `on`; days after it do not count. Substituted months make up only the total
    and only to the edition's cap (MAN-ウ②.※1, AMB-E5). `BadInput`: an unknown qualification or one that
    needs no certification, a post that ends before it starts, negative substitution.
    """
    wanted = _certified(edition, qualification)
    if substitution_months < 0:
        raise BadInput("experience.negative_substitution", months=substitution_months)
    worked = [(post, _worked(post, on)) for post in posts]
    flags = _attestation_flags(edition.experience, posts)
    counted = [
        (post.fields & edition.fields.keys(), span)
        for post, spans in worked
        if _counts(edition.experience, post)
        for span in spans
    ]
    return _tally(edition, wanted, [each for each in counted if each[0]], on, substitution_months, flags)


def _certified(edition: Edition, code: str) -> Qualification:
    found = edition.qualifications.get(code)
    if found is None or not found.certified:
        raise BadInput(
            "qualification.unknown" if found is None else "qualification.not_certified", qualification=code
        )
    return found


def _worked(post: Post, on: date) -> tuple[Span, ...]:
    """The days of a post up to `on`, without its leaves."""
    if post.end is not None and post.end < post.start:
        raise BadInput("experience.ends_before_it_starts", post=post.id, start=post.start, end=post.end)
    end = on if post.end is None else min(post.end, on)
    return without([Span(post.start, end)], post.leaves) if post.start <= end else ()


def without(spans: Iterable[Span], taken: Iterable[Span]) -> tuple[Span, ...]:
    """The days of `spans` that none of `taken` holds, in the order of `spans`.

    >>> without([Span(date(2020, 1, 1), date(2020, 1, 9))], [Span(date(2020, 1, 3), date(2020, 1, 9))])
    (Span(start=datetime.date(2020, 1, 1), end=datetime.date(2020, 1, 2)),)
    """
    left = list(spans)
    for cut in taken:
        left = [part for span in left for part in _parts(span, cut)]
    return tuple(left)


def _parts(span: Span, cut: Span) -> Iterable[Span]:
    """What is left of `span` before and after `cut`."""
    if cut.end < cut.start or cut.end < span.start or span.end < cut.start:
        return (span,)
    before = (Span(span.start, cut.start - DAY),) if span.start < cut.start else ()
    return (*before, Span(cut.end + DAY, span.end)) if cut.end < span.end else before


_ATTESTED = (AttestedBy.SUPERVISOR_THERE, AttestedBy.FORMER_SUPERVISOR_WHO_LEFT)


def _counts(rules: ExperienceRules, post: Post) -> bool:
    """The then superior's word counts wherever he works now; another organisation's unless the rules refuse it."""
    if post.attested_by is AttestedBy.PRESENT_EMPLOYER:
        return rules.other_org is not OtherOrganisation.REFUSE
    return post.attested_by in _ATTESTED


def _attestation_flags(rules: ExperienceRules, posts: Iterable[Post]) -> tuple[Flag, ...]:
    flags = {
        AttestedBy.NONE: Flag.NOT_ATTESTED,
        AttestedBy.SELF: Flag.SELF_ATTESTED,
    }
    if rules.other_org is not OtherOrganisation.ACCEPT:
        flags[AttestedBy.PRESENT_EMPLOYER] = Flag.ATTESTOR_OTHER_ORG
    seen = {flags[post.attested_by] for post in posts if post.attested_by in flags}
    return tuple(flag for flag in Flag if flag in seen)


Held = Sequence[tuple[frozenset[str], Span]]


def _tally(
    edition: Edition,
    wanted: Qualification,
    held: Held,
    on: date,
    substitution_months: int,
    flags: tuple[Flag, ...],
) -> Experience:
    rules = edition.experience
    spans = [span for _, span in held]
    actual = months_of(spans)
    substitution = Fraction(min(substitution_months, rules.substitution_cap_months))
    by_field = {key: _months_in(held, (key,)) for key in edition.fields}
    fields = tuple(key for key, months in by_field.items() if months)
    single = max((by_field[key] for key in wanted.required_fields), default=Fraction(0))
    summed = _months_in(held, wanted.required_fields)
    required = summed if rules.required_rule is RequiredFieldRule.SUM_OF_REQUIRED else single
    findings = (
        _finding(rules, "total_months", Reason.TOTAL_LT_5Y, actual + substitution, rules.total_months),
        _finding(rules, "min_fields", Reason.FIELDS_LT_2, len(fields), rules.min_fields),
        _finding(rules, "required_months", Reason.REQUIRED_LT_2Y, required, rules.required_months),
    )
    reasons = tuple(Reason(finding.note) for finding in findings if not finding.met)
    if Reason.REQUIRED_LT_2Y in reasons and summed >= rules.required_months:
        flags = (*flags, Flag.REQUIRED_MET_IF_SUMMED)
    return Experience(
        qualification=wanted.code,
        on=on,
        actual=actual,
        substitution=substitution,
        counted=actual + substitution,
        by_field=by_field,
        fields=fields,
        required_fields=wanted.required_fields,
        required=required,
        blocks=unite(spans),
        gaps=gaps_between(unite(spans)),
        overlaps=overlaps_of(spans),
        result=_result(reasons, flags),
        reasons=reasons,
        flags=flags,
        findings=(*findings, *_notes(rules, flags)),
    )


def _months_in(held: Held, fields: Iterable[str]) -> Fraction:
    """The months in any of `fields`, each day once."""
    wanted = frozenset(fields)
    return months_of(span for keys, span in held if keys & wanted)


def _result(reasons: tuple[Reason, ...], flags: tuple[Flag, ...]) -> Result:
    if reasons:
        return Result.NOT_ELIGIBLE
    return Result.REVIEW if Flag.ATTESTOR_OTHER_ORG in flags else Result.ELIGIBLE


def _finding(
    rules: ExperienceRules, name: str, reason: Reason, shown: Fraction | int, wanted: int
) -> Finding:
    met = shown >= wanted
    return Finding(f"experience.{name}", met, shown, wanted, rules.cites.get(name), "" if met else reason)


_NOTED_UNDER = {
    Flag.NOT_ATTESTED: "attestor",
    Flag.SELF_ATTESTED: "attestor",
    Flag.ATTESTOR_OTHER_ORG: "other_org",
    Flag.REQUIRED_MET_IF_SUMMED: "required_rule",
}


def _notes(rules: ExperienceRules, flags: Iterable[Flag]) -> tuple[Finding, ...]:
    """A finding a person must look at for each flag, with the clause it rests on."""
    names = [(flag, _NOTED_UNDER[flag]) for flag in flags]
    return tuple(
        Finding(f"experience.{name}", None, flag, None, rules.cites.get(name), flag) for flag, name in names
    )


def met_if_continued(
    edition: Edition, qualification: str, posts: Sequence[Post], on: date, substitution_months: int = 0
) -> tuple[MetOn, ...]:
    """For each rule unmet on `on`: the first day it is met if the present posts go on unchanged.

    None where no present post helps (too few fields, none of them required). Errors as for `weigh`.
    """
    now = weigh(edition, qualification, posts, on, substitution_months)
    rules = edition.experience
    longest = max(rules.total_months, rules.required_months) // 12 + 2

    def unmet(reason: Reason) -> Callable[[date], bool]:
        return lambda day: reason in weigh(edition, qualification, posts, day, substitution_months).reasons

    last = date(on.year + longest, on.month, 1)
    return tuple(MetOn(reason, _first_day_met(unmet(reason), on, last)) for reason in now.reasons)


def _first_day_met(unmet: Callable[[date], bool], unmet_on: date, last: date) -> date | None:
    """The first day after `unmet_on` on which it is met, by halving: more time never unmeets a rule."""
    if unmet(last):
        return None
    while (last - unmet_on).days > 1:
        middle = unmet_on + (last - unmet_on) // 2
        unmet_on, last = (middle, last) if unmet(middle) else (unmet_on, middle)
    return last
