"""Criterion ② as it stands: what is told and what is vouched for, each weighed by the kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nintei.experience.queries import lengths
from nintei.experience.queries.cases import Case, as_claimed, for_rules
from nintei.rules import experience as kernel
from nintei.rules.edition import Citation, Edition


@dataclass(frozen=True, slots=True)
class Rule:
    """One of the three rules: `tone` ok (vouched for), wait (told), bad (not enough).

    `later` is there for one that is told to be too little: when it is met if the present post goes on.
    """

    tone: str
    title: str
    figure: str
    more: str
    vouched: str
    cite: Citation | None
    later: kernel.MetOn | None = None


@dataclass(frozen=True, slots=True)
class InField:
    """How long one field was worked in, as told and as vouched for, each day once (AMB-E2, E3)."""

    key: str
    is_required: bool
    told: str
    vouched: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The case weighed twice, and the three rules in words."""

    claimed: kernel.Experience
    attested: kernel.Experience
    rules: tuple[Rule, ...]
    later: tuple[kernel.MetOn, ...]
    fields: tuple[InField, ...] = ()

    @property
    def met_on(self) -> date | None:
        """The day on which every unmet rule would be met if the present post goes on; None: not that way."""
        days = [each.on for each in self.later]
        return max((day for day in days if day), default=None) if None not in days else None

    @property
    def summed_would_do(self) -> bool:
        """Neither required field is enough, the two together are: a person must look (AMB-E1)."""
        return kernel.Flag.REQUIRED_MET_IF_SUMMED in self.claimed.flags

    @property
    def tone(self) -> str:
        """The whole criterion."""
        tones = {rule.tone for rule in self.rules}
        return next(tone for tone in ("bad", "wait", "ok") if tone in tones)


def standing(
    edition: Edition,
    qualification: str,
    case: Case,
    on: date,
    draft: Sequence[kernel.Post] = (),
    instead_of: str = "",
) -> Standing:
    """A case on a day, with a post that is still being typed (`draft`) in place of `instead_of`."""
    told = [post for post in as_claimed(case.posts) if post.id != instead_of]
    vouched = [post for post in for_rules(case.posts) if post.id != instead_of]
    claimed = kernel.weigh(edition, qualification, [*told, *draft], on, case.substituted)
    attested = kernel.weigh(edition, qualification, vouched, on, case.substituted)
    going_on = {str(row.post.id) for row in case.posts if row.post.ended_on is None}
    # A present post goes on: only its end is open.
    running = [
        kernel.Post(p.id, p.start, None if p.id in going_on else p.end, p.fields, leaves=p.leaves)
        for p in (*told, *draft)
    ]
    later = kernel.met_if_continued(edition, qualification, running, on, case.substituted)
    required = _required(claimed, [*told, *draft], on), _required(attested, _counted(vouched), on)
    rules = _rules(edition, claimed, attested, required, {each.reason: each for each in later})
    fields = _in_fields(edition, claimed, [*told, *draft], _counted(vouched), on)
    return Standing(claimed, attested, rules, later, fields)


def _counted(posts: Sequence[kernel.Post]) -> list[kernel.Post]:
    return [post for post in posts if post.attested_by is not kernel.AttestedBy.NONE]


def _required(weighed: kernel.Experience, posts: Sequence[kernel.Post], on: date) -> str:
    """How long the best required field was worked in, with its days; the kernel says which it is."""
    return _held(_best(weighed), posts, on)


def _held(field: str, posts: Sequence[kernel.Post], on: date) -> str:
    spans = [
        span
        for p in posts
        if field in p.fields and p.start <= on
        for span in kernel.without([kernel.Span(p.start, min(p.end or on, on))], p.leaves)
    ]
    return lengths.length(spans)


def _in_fields(
    edition: Edition,
    claimed: kernel.Experience,
    told: Sequence[kernel.Post],
    vouched: Sequence[kernel.Post],
    on: date,
) -> tuple[InField, ...]:
    return tuple(
        InField(key, key in claimed.required_fields, _held(key, told, on), _held(key, vouched, on))
        for key in edition.fields
        if claimed.by_field[key] or key in claimed.required_fields
    )


def _rules(
    edition: Edition,
    claimed: kernel.Experience,
    attested: kernel.Experience,
    required: tuple[str, str],
    later: Mapping[kernel.Reason, kernel.MetOn],
) -> tuple[Rule, ...]:
    wanted = edition.experience
    months = lengths.month_words
    by_key = {f.key: f for f in claimed.findings}
    vouched_by_key = {f.key: f for f in attested.findings}

    def tone(key: str) -> str:
        if vouched_by_key[key].met:
            return "ok"
        return "wait" if by_key[key].met else "bad"

    fields, seen = _("・").join(claimed.fields), _("と").join(attested.fields)
    best = _best(claimed)
    return (
        Rule(
            tone("experience.total_months"),
            _("合計%(length)s以上") % {"length": months(wanted.total_months)},
            lengths.length(claimed.blocks),
            "",
            _vouched(lengths.length(claimed.blocks), lengths.length(attested.blocks)),
            by_key["experience.total_months"].cite,
            later.get(kernel.Reason.TOTAL_LT_5Y),
        ),
        Rule(
            tone("experience.min_fields"),
            _("%(number)d分野以上") % {"number": wanted.min_fields},
            _("%(number)d分野") % {"number": len(claimed.fields)},
            _("（%(fields)s）") % {"fields": fields} if fields else "",
            _vouched(fields, seen.replace(_("と"), _("・")), seen),
            by_key["experience.min_fields"].cite,
            later.get(kernel.Reason.FIELDS_LT_2),
        ),
        Rule(
            tone("experience.required_months"),
            _("必須分野で%(length)s以上") % {"length": months(wanted.required_months)},
            required[0],
            _("（分野%(field)s）") % {"field": best} if best else "",
            _vouched(*required),
            by_key["experience.required_months"].cite,
            later.get(kernel.Reason.REQUIRED_LT_2Y),
        ),
    )


def _best(weighed: kernel.Experience) -> str:
    """The required field with the most time; empty where none is required, or in none was worked."""
    most = max(weighed.required_fields, key=lambda key: weighed.by_field[key], default="")
    return most if most and weighed.by_field[most] else ""


def _vouched(told: str, vouched: str, shown: str = "") -> str:
    if told == vouched:
        return _("すべて証明済み") if told else ""
    if vouched in ("", lengths.length(())):
        return _("証明はまだありません")
    return _("うち証明済み %(what)s") % {"what": shown or vouched}
