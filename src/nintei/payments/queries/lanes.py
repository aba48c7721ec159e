"""The bank page: a file's lines in three columns whose totals make the file's total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Count, QuerySet, Sum

from nintei.notices.models import Letter
from nintei.payments import words
from nintei.payments.matching import Reason, normalise
from nintei.payments.models import BankFile, BankLine, Fee, Match
from nintei.payments.queries.lines import lines_of, open_lines, with_parts
from nintei.payments.queries.verdicts import Judge, Verdict
from nintei.shared.wording import in_english, yen

A_PAGE = 50
_UNCLEAR = {Reason.AMBIGUOUS, Reason.WHICH_APPLICATION, Reason.BULK_AMOUNT_MISMATCH}


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as the accountant sees it: what it pays for, the facts, and what to do."""

    line: BankLine
    facts: tuple[words.Fact, ...]
    why: str = ""
    fees: tuple[Fee, ...] = ()
    hints: tuple[Fee, ...] = ()
    closed: Fee | None = None
    matches: tuple[Match, ...] = ()
    together: tuple[BankLine, ...] = ()
    told_at: datetime | None = None
    reasons: tuple[str, ...] = ()
    difference: int | None = None
    tolerance: int = 0
    is_enough: bool = False
    age: int = 0

    @property
    def note(self) -> str:
        """What the accountant would say who agrees with the suggestion; they may write their own."""
        if not self.fees:
            return ""
        return (", " if in_english() else "、").join(fact.text for fact in self.facts)

    @property
    def can_accept(self) -> bool:
        """One click may settle it: the money is there, and it is clear for whom."""
        clear = not _UNCLEAR & set(self.reasons)
        return bool(self.fees) and clear and (self.is_enough or bool(self.together))


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: how many lines, how many yen, and the page of them that is shown."""

    key: str
    count: int
    yen: int
    views: list[LineView] = field(default_factory=list)
    page: int = 1

    @property
    def pages(self) -> int:
        """How many pages of lines; an empty column has one."""
        return max(1, -(-self.count // A_PAGE))

    @property
    def before(self) -> int | None:
        """The page before this one, if there is one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one, if there is one."""
        return self.page + 1 if self.page < self.pages else None


@dataclass(frozen=True, slots=True)
class Lanes:
    """Settled, to decide, unknown: together every line of the file, once."""

    settled: Lane
    to_decide: Lane
    unknown: Lane

    @property
    def undecided(self) -> int:
        """Lines that wait for a person."""
        return self.to_decide.count + self.unknown.count

    @property
    def count(self) -> int:
        """Lines of the file."""
        return self.settled.count + self.to_decide.count + self.unknown.count

    @property
    def yen(self) -> int:
        """Yen of the file."""
        return self.settled.yen + self.to_decide.yen + self.unknown.yen


def lanes(file: BankFile, *, on: date, pages: Mapping[str, int] | None = None) -> Lanes:
    """The lines a file brought, sorted into the three columns by what is known on a (JST) day.

    `pages` names the page of each column (`settled`, `to_decide`, `unknown`) that is wanted, from 1; only
    the lines of those pages are read whole, so a file of thousands opens like one of ten.
    """
    shown = pages or {}
    views = _Views(on)
    with_left = [view for view in views.open.values() if view.line.file_id == file.pk]
    with_left.sort(key=lambda seen: seen.line.row)
    known = [seen for seen in with_left if seen.verdict.fees or seen.is_started]
    unknown = [seen for seen in with_left if not (seen.verdict.fees or seen.is_started)]
    return Lanes(
        _settled_lane(file, views, shown.get("settled", 1)),
        _open_lane("to_decide", known, views, shown.get("to_decide", 1)),
        _open_lane("unknown", unknown, views, shown.get("unknown", 1)),
    )


def _settled_lane(file: BankFile, views: _Views, page: int) -> Lane:
    """The lines that hold nothing any more; counted by the database, read page by page."""
    found = lines_of(file).exclude(pk__in=views.open)
    whole = BankLine.objects.filter(file=file).exclude(pk__in=views.open)
    sums = whole.aggregate(count=Count("pk"), yen=Sum("amount"))
    lane = Lane("settled", sums["count"], sums["yen"] or 0)
    page = min(max(1, page), lane.pages)
    shown = [views.of(line) for line in found[(page - 1) * A_PAGE : page * A_PAGE]]
    return replace(lane, views=shown, page=page)


def _open_lane(key: str, seen: list[_Seen], views: _Views, page: int) -> Lane:
    lane = Lane(key, len(seen), sum(each.line.amount for each in seen))
    page = min(max(1, page), lane.pages)
    wanted = seen[(page - 1) * A_PAGE : page * A_PAGE]
    whole = {line.pk: line for line in with_parts().filter(pk__in=[each.line.pk for each in wanted])}
    return replace(lane, views=[views.of(whole[each.line.pk]) for each in wanted], page=page)


def line_view(line: BankLine, *, on: date) -> LineView:
    """One line with its suggestion, for its own page."""
    return _Views(on).of(line)


def files_with_open_lines(*, but: BankFile | None) -> QuerySet[BankFile]:
    """Other statements that still hold money nobody was found for, newest first, with `waiting`."""
    others = BankFile.objects.filter(lines__in=open_lines().values("pk"))
    if but:
        others = others.exclude(pk=but.pk)
    return others.annotate(waiting=Count("lines")).order_by("-imported_at")


@dataclass(frozen=True, slots=True)
class _Seen:
    """An open line with its verdict."""

    line: BankLine
    verdict: Verdict

    @property
    def is_started(self) -> bool:
        """Has some of it been allotted already?"""
        return self.line.left < self.line.amount


class _Views:
    """Asks the judge once for every open line, and looks up what was written to whom."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.judge = Judge.of_the_day(on)
        self.open: dict[int, _Seen] = {}
        self.short: dict[str, list[BankLine]] = defaultdict(list)
        for line in open_lines():
            verdict = self.judge.ask(line.payer_name, line.left, line.value_on)
            self.open[line.pk] = _Seen(line, verdict)
            if verdict.is_only_short:
                self.short[str(verdict.fees[0].pk)].append(line)
        self.told = self._letters()

    def of(self, line: BankLine) -> LineView:
        matches = tuple(part.match for part in line.standing)
        if line.pk not in self.open:
            return _settled(line, matches)
        age = (self.on - line.value_on).days
        if matches:
            return LineView(line, (), words.left_over(yen(line.left)), matches=matches, age=age)
        return replace(self._open(line, self.open[line.pk].verdict), age=age)

    def _open(self, line: BankLine, verdict: Verdict) -> LineView:
        found, closed = verdict.match, why_closed(verdict)
        together = self._together(line, verdict)
        due = sum(self.judge.due(fee, line.value_on) for fee in verdict.fees)
        why = words.waits_no_more(closed) if closed else words.sentence(found.reasons)
        if together:
            why = words.made_up(yen(line.left + sum(part.left for part in together)))
        return LineView(
            line,
            words.facts(found.reasons, verdict.payer, found.difference, closed=closed),
            why,
            fees=verdict.fees,
            hints=verdict.hints,
            closed=verdict.closed,
            together=together,
            told_at=self.told.get(f"payments.short:{line.pk}"),
            reasons=tuple(reason.value for reason in found.reasons),
            difference=found.difference,
            tolerance=self.judge.tolerance(line.value_on),
            is_enough=bool(verdict.fees) and line.left >= due - self.judge.tolerance(line.value_on),
        )

    def _together(self, line: BankLine, verdict: Verdict) -> tuple[BankLine, ...]:
        """The other transfers by the same payer that make up the fee, if they do (to the yen, or AMB-F6)."""
        if not verdict.is_only_short:
            return ()
        fee = verdict.fees[0]
        parts = self.short[str(fee.pk)]
        last_on = max(part.value_on for part in parts)
        missing = self.judge.due(fee, last_on) - sum(part.left for part in parts)
        if len(parts) < 2 or not 0 <= missing <= self.judge.tolerance(last_on):
            return ()
        return tuple(part for part in parts if part.pk != line.pk)

    def _letters(self) -> dict[str, datetime]:
        keys = [f"payments.short:{line.pk}" for lines in self.short.values() for line in lines]
        return dict(Letter.objects.filter(key__in=keys).values_list("key", "written_at"))


def why_closed(verdict: Verdict) -> words.Closed | None:
    """Why this payer's fee waits no more, if that is what is to say."""
    if verdict.closed is None:
        return None
    if verdict.closed.cancelled_at is None:
        return words.Closed.PAID
    return words.Closed.GIVEN_BACK if verdict.closed.accepted_on else words.Closed.WITHDRAWN


def _settled(line: BankLine, matches: tuple[Match, ...]) -> LineView:
    reasons = [Reason(code) for match in matches for code in match.reasons]
    difference = line.amount - sum(match.total for match in matches)
    facts = words.facts(reasons, normalise(line.payer_name), difference)
    fees = tuple(match.fee for match in matches)
    return LineView(line, facts, matches=matches, fees=fees)
