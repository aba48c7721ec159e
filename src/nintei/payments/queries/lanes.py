"""The bank page: a file's lines in three columns whose totals make the file's total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, QuerySet

from nintei.notices.models import Letter
from nintei.payments import words
from nintei.payments.matching import Reason, normalise
from nintei.payments.models import BankFile, BankLine, Fee, Match
from nintei.payments.queries.lines import SHOWN, lines_of, open_lines
from nintei.payments.queries.verdicts import Judge, Verdict
from nintei.shared.wording import in_english, yen


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as the accountant sees it: what it pays for, the facts, and what to do."""

    line: BankLine
    facts: tuple[words.Fact, ...]
    why: str = ""
    fees: tuple[Fee, ...] = ()
    hints: tuple[Fee, ...] = ()
    paid_before: Fee | None = None
    matches: tuple[Match, ...] = ()
    together: tuple[BankLine, ...] = ()
    told_at: datetime | None = None
    reasons: tuple[str, ...] = ()
    difference: int | None = None
    is_enough: bool = False

    @property
    def note(self) -> str:
        """What the accountant would say who agrees with the suggestion; they may write their own."""
        if not self.fees:
            return ""
        return (", " if in_english() else "、").join(fact.text for fact in self.facts)

    @property
    def can_accept(self) -> bool:
        """One click may settle it: the money is there, and it is clear for whom."""
        clear = not {Reason.AMBIGUOUS, Reason.WHICH_APPLICATION} & set(self.reasons)
        return bool(self.fees) and clear and (self.is_enough or bool(self.together))


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: its lines, how many, and how many yen."""

    views: list[LineView] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.views)

    @property
    def shown(self) -> list[LineView]:
        """The first 200; `hidden` says how many more there are."""
        return self.views[:SHOWN]

    @property
    def hidden(self) -> int:
        """Lines that are not shown, and must be searched for."""
        return len(self.views[SHOWN:])

    @property
    def yen(self) -> int:
        """Yen of its lines."""
        return sum(view.line.amount for view in self.views)


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


def lanes(file: BankFile, *, on: date) -> Lanes:
    """The lines a file brought, sorted into the three columns by what is known on a (JST) day."""
    lines = list(lines_of(file))
    view = _Views(on)
    result = Lanes(Lane(), Lane(), Lane())
    for line in lines:
        shown = view.of(line)
        if line.left == 0:
            result.settled.views.append(shown)
        elif shown.fees or shown.matches:
            result.to_decide.views.append(shown)
        else:
            result.unknown.views.append(shown)
    return result


def line_view(line: BankLine, *, on: date) -> LineView:
    """One line with its suggestion, for its own page."""
    return _Views(on).of(line)


def files_with_open_lines(*, but: BankFile | None) -> QuerySet[BankFile]:
    """Other statements that still hold money nobody was found for, newest first, with `waiting`."""
    others = BankFile.objects.filter(lines__in=open_lines().values("pk"))
    if but:
        others = others.exclude(pk=but.pk)
    return others.annotate(waiting=Count("lines")).order_by("-imported_at")


class _Views:
    """Asks the judge once for every open line, and looks up what was written to whom."""

    def __init__(self, on: date) -> None:
        self.judge = Judge.of_the_day(on)
        self.open: dict[int, tuple[BankLine, Verdict]] = {}
        self.short: dict[str, list[BankLine]] = defaultdict(list)
        for line in open_lines():
            verdict = self.judge.ask(line.payer_name, line.left, line.value_on)
            self.open[line.pk] = (line, verdict)
            if verdict.is_only_short:
                self.short[str(verdict.fees[0].pk)].append(line)
        self.told = self._letters(self.open)

    def of(self, line: BankLine) -> LineView:
        matches = tuple(part.match for part in line.standing)
        if line.pk not in self.open:
            return _settled(line, matches)
        if matches:
            return LineView(line, (), words.left_over(yen(line.left)), matches=matches)
        return self._open(line, self.open[line.pk][1])

    def _open(self, line: BankLine, verdict: Verdict) -> LineView:
        found = verdict.match
        together = self._together(line, verdict)
        due = sum(self.judge.due(fee, line.value_on) for fee in verdict.fees)
        why = words.twice() if verdict.paid_before else words.sentence(found.reason)
        if together:
            why = words.made_up(yen(due))
        return LineView(
            line,
            words.facts(found.reasons, verdict.payer, found.difference, paid=bool(verdict.paid_before)),
            why,
            fees=verdict.fees,
            hints=verdict.hints,
            paid_before=verdict.paid_before,
            together=together,
            told_at=self.told.get(f"payments.short:{line.pk}"),
            reasons=tuple(reason.value for reason in found.reasons),
            difference=found.difference,
            is_enough=bool(verdict.fees) and line.left >= due,
        )

    def _together(self, line: BankLine, verdict: Verdict) -> tuple[BankLine, ...]:
        """The other transfers by the same payer that make up the fee exactly, if they do."""
        if not verdict.is_only_short:
            return ()
        fee = verdict.fees[0]
        parts = self.short[str(fee.pk)]
        due = self.judge.due(fee, max(part.value_on for part in parts))
        if len(parts) < 2 or sum(part.left for part in parts) != due:
            return ()
        return tuple(part for part in parts if part.pk != line.pk)

    def _letters(self, lines: Iterable[int]) -> dict[str, datetime]:
        keys = [f"payments.short:{pk}" for pk in lines]
        return dict(Letter.objects.filter(key__in=keys).values_list("key", "written_at"))


def _settled(line: BankLine, matches: tuple[Match, ...]) -> LineView:
    reasons = [Reason(code) for match in matches for code in match.reasons]
    difference = line.amount - sum(match.base + match.tax for match in matches)
    facts = words.facts(reasons, normalise(line.payer_name), difference)
    fees = tuple(match.fee for match in matches)
    return LineView(line, facts, matches=matches, fees=fees)
