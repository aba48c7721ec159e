"""Findings about a rulebook itself, computed from the edition: what cannot bind, what nobody said.

A finding blames nobody. It is what the association should be asked, or what a reader should know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from nintei.rules.edition import Bound, Citation, Edition, Per, Start, Text, ValidityRules, Window
from nintei.rules.load.bounds import lines_of, most, years_touched
from nintei.rules.reckoning import window_before

# Enough years for every distance to a leap day; of each the first 365 days, which reach every month.
_SAMPLE = range(2024, 2032)
_TITLES = {
    "misprint": Text("誤植", "Misprint"),
    "outdated": Text("古くなった記載", "Outdated"),
    "differs": Text("記載の不一致", "Prints differ"),
    "duplicate": Text("重複", "Duplicate"),
    "undefined": Text("定義がない", "Undefined"),
    "lost": Text("失われた記載", "Lost from the text"),
}


@dataclass(frozen=True, slots=True)
class LintFinding:
    """What was found about a key. `level` is `warning` (someone should decide) or `note`."""

    code: str
    key: str
    level: str
    text: Text
    citations: tuple[Citation, ...]


def lint(edition: Edition) -> list[LintFinding]:
    """Every finding about an edition, in a fixed order; an edition that `load` refuses has none.

    >>> from nintei.rules.load import load
    >>> found = lint(load("conken", date(2026, 4, 1)))
    >>> [each.key for each in found if each.code == "cap_never_binds"]
    ['points.caps.B.per_cycle', 'points.caps.C.per_cycle', 'points.caps.D.per_cycle']
    """
    return [
        *_caps_that_never_bind(edition),
        *_days_no_cycle_counts(edition),
        *_codes_without_definition(edition),
        *_codes_of_two_kinds(edition),
        *_shared_names(edition),
        *_fields_printed_differently(edition),
        *_source_errors(edition),
        *_unset(edition),
        *_open_readings(edition),
        *(LintFinding("edition_used_early", "documents", "note", note, ()) for note in edition.notes),
    ]


def _caps_that_never_bind(edition: Edition) -> Iterator[LintFinding]:
    """A cap never cuts when the other caps already keep its lines at or below it (AMB-C1)."""
    topics = frozenset(edition.fields)
    lines = {cap.key: lines_of(cap, edition.categories, topics) for cap in edition.points.caps}
    years = range(years_touched(edition.points, edition.validity))
    for cap in edition.points.caps:
        others = tuple(each for each in edition.points.caps if each is not cap)
        span = years[:1] if cap.per is Per.YEAR else years
        cells = frozenset((line, year) for line in lines[cap.key] for year in span)
        reachable = most(cells, others, lines, years)
        if reachable is None or reachable > cap.points:
            continue
        inner = [each for each in others if lines[each.key] & lines[cap.key]]
        yield LintFinding(
            "cap_never_binds",
            cap.key,
            "warning",
            Text(
                f"上限{cap.points}が効くことはありません。1つの周期は{len(years)}つの年"
                f"({edition.points.year_kind})にまたがり、ほかの上限({_named(inner)})だけで"
                f"{reachable}が最大になるためです。",
                f"The cap of {cap.points} can never bind: a cycle spans {len(years)} years "
                f"({edition.points.year_kind}), and the other caps ({_named(inner)}) already allow "
                f"{reachable} at most.",
            ),
            (cap.cite, *(each.cite for each in inner)),
        )


def _named(caps: list[Bound]) -> str:
    return ", ".join(f"{cap.key} = {cap.points}" for cap in caps)


def _days_no_cycle_counts(edition: Edition) -> Iterator[LintFinding]:
    """Between filing and expiry no cycle counts, where the counting ends with the filing (AMB-C3, C16)."""
    if edition.points.window is Window.VALIDITY_FULL or edition.points.carry_over:
        return
    gaps = [
        (expiry - filed).days
        for expiry in _expiries(edition.validity)
        for filed in window_before(edition.validity, expiry)
    ]
    cites = (edition.points.cites["window"], edition.validity.cites["window_opens_months"])
    yield LintFinding(
        "days_no_cycle_counts",
        "points.window",
        "warning",
        Text(
            f"更新申請から満了までの{min(gaps)}～{max(gaps)}日間の活動は、どの周期にも数えられません。",
            f"Activity in the {min(gaps)}–{max(gaps)} days between filing and expiry counts in no cycle.",
        ),
        cites,
    )


def _expiries(rules: ValidityRules) -> list[date]:
    """The days on which a validity can end: before a fiscal year, or any day."""
    if rules.start is Start.NEXT_FISCAL_YEAR:
        first = [date(year, rules.fiscal_year_month, rules.fiscal_year_day) for year in _SAMPLE]
        return [day - timedelta(days=1) for day in first]
    return [date(year, 1, 1) + timedelta(days=number) for year in _SAMPLE for number in range(365)]


def _codes_without_definition(edition: Edition) -> Iterator[LintFinding]:
    """A code printed beside a field that no competency area defines (AMB-R1)."""
    users: dict[str, dict[str, Citation]] = defaultdict(dict)
    for field in edition.fields.values():
        for document, codes in field.codes_printed.items():
            for code in codes:
                if code not in edition.areas:
                    users[code][field.key] = _printed(edition, field.key, document)
    for code, cites in sorted(users.items()):
        names = ", ".join(sorted(cites))
        yield LintFinding(
            "code_without_definition",
            f"fields.{min(cites)}",
            "warning",
            Text(
                f"({code})は{len(cites)}つの分野({names})に使われていますが、どこにも定義がありません。",
                f"({code}) is used for {len(cites)} field(s) ({names}) and defined for none.",
            ),
            tuple(cites[key] for key in sorted(cites)),
        )


def _printed(edition: Edition, field: str, document: str) -> Citation:
    return edition.citations[f"fields.{field}.printed.{document}"]


def _codes_of_two_kinds(edition: Edition) -> Iterator[LintFinding]:
    """A code that is both a qualification and a competency area (AMB-R2)."""
    for code in sorted(edition.qualifications.keys() & edition.areas.keys()):
        yield LintFinding(
            "code_of_two_kinds",
            f"qualifications.{code}",
            "note",
            Text(
                f"{code}は資格とコンピテンシーの両方のコードです。",
                f"{code} is the code of a qualification and of a competency area.",
            ),
            (edition.qualifications[code].cite, edition.areas[code].cite),
        )


def _shared_names(edition: Edition) -> Iterator[LintFinding]:
    """Competencies with different codes and one name (AMB-R3)."""
    named = defaultdict(list)
    for area in edition.areas.values():
        for item in area.items:
            named[_folded(item.name.ja)].append(item)
    for items in named.values():
        if len(items) > 1:
            codes = [item.code for item in items]
            yield LintFinding(
                "shared_name",
                f"areas.{codes[0].partition('-')[0]}.items.{codes[0]}",
                "warning",
                Text(
                    f"{'と'.join(codes)}は同じ名称「{items[0].name.ja}」です。",
                    f"{' and '.join(codes)} share the name {items[0].name.ja}.",
                ),
                tuple(item.cite for item in items),
            )


def _folded(text: str) -> str:
    return "".join(text.split())


def _fields_printed_differently(edition: Edition) -> Iterator[LintFinding]:
    """A field whose name or codes two documents print differently (AMB-E11)."""
    for field in edition.fields.values():
        prints = {
            document: (_folded(name), field.codes_printed[document])
            for document, name in field.names_printed.items()
        }
        for first, second in combinations(prints, 2):
            if prints[first] == prints[second]:
                continue
            shown = [
                f"{document} {field.names_printed[document]} ({', '.join(field.codes_printed[document])})"
                for document in (first, second)
            ]
            yield LintFinding(
                "documents_differ",
                f"fields.{field.key}",
                "note",
                Text(
                    f"分野{field.key}の記載が文書によって違います: {' / '.join(shown)}",
                    f"The documents print field {field.key} differently: {' / '.join(shown)}",
                ),
                (_printed(edition, field.key, first), _printed(edition, field.key, second)),
            )


def _source_errors(edition: Edition) -> Iterator[LintFinding]:
    """Errors of the sources, each with what is kept in its place."""
    for misprint in edition.misprints:
        title = _TITLES[misprint.kind]
        cite = edition.citations.get(misprint.key)
        yield LintFinding(
            f"source_{misprint.kind}",
            misprint.key or f"misprints.{misprint.id}",
            "warning" if misprint.kind == "outdated" else "note",
            Text(
                f"{misprint.id} {title.ja}: {misprint.printed} → {misprint.kept_as}",
                f"{misprint.id} {title.en}: {misprint.printed} → {misprint.kept_as} ({misprint.why})",
            ),
            (cite,) if cite else (),
        )


def _unset(edition: Edition) -> Iterator[LintFinding]:
    for unset in edition.unset.values():
        yield LintFinding(
            "unset",
            f"unset.{unset.key}",
            "warning",
            Text(
                f"未設定: {unset.what.ja}。決めるのは{unset.owner.ja}です。",
                f"Unset: {unset.what.en}. It is for {unset.owner.en} to say.",
            ),
            (),
        )


def _open_readings(edition: Edition) -> Iterator[LintFinding]:
    for reading in edition.readings.values():
        yield LintFinding(
            "open_reading",
            reading.decides or f"readings.{reading.id}",
            "warning" if reading.weight == "H" else "note",
            Text(
                f"{reading.id} {reading.title.ja}: {reading.reading.ja}",
                f"{reading.id} {reading.title.en}: {reading.reading.en}",
            ),
            tuple(cite for cite in edition.citations.values() if reading.id in cite.ambiguities),
        )
