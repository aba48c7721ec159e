"""A CPD log held against the rules: every line with its reason and clause, the sums, and what to do next."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from nintei.ledger import selfcheck
from nintei.ledger.faults import Fault, Unusable
from nintei.ledger.logfile import Entry, Log, read_log
from nintei.ledger.selfcheck import Asked
from nintei.rules.balance import Line
from nintei.rules.days import check_days
from nintei.rules.edition import Edition
from nintei.rules.findings import Finding
from nintei.rules.points import Balance
from nintei.site.commands.check import Wrong, words
from nintei.site.commands.check.report import Report, clock, padded, plain, shown, wide, with_clause

if TYPE_CHECKING:
    from datetime import date

    from nintei.rules.planning import Plan, Step


def check_log(file: str, data: bytes, edition: Edition, asked: Asked, lang: str) -> Report:
    """The report about a log. `Wrong` lists every fault of the file with its row and column."""
    report = Report(lang)
    try:
        log = read_log(file, data, edition)
    except Unusable as unusable:
        raise Wrong(*(where(report, file, fault) for fault in unusable.faults)) from None
    try:
        cycle, opens, closes, balance, planned = selfcheck.check_log(edition, asked, log)
    except selfcheck.NoCycle as unknown:
        sentence = words.NO_CYCLE_OF_CERTIFICATION if unknown.from_certification else words.NO_CYCLE
        raise Wrong(report.word(sentence, file=file)) from None
    report.answer = balance.met
    report.head(words.LOG, file=file, count=len(log.entries), edition=edition.id, on=asked.on)
    cites = edition.validity.cites
    report.say(words.CYCLE, cites.get("start"), start=cycle.start, end=cycle.end)
    report.say(words.WINDOW, cites.get("window_opens_months"), opens=opens, closes=closes)
    accepted = _judge_window(report, edition, cycle.end, asked.submitted or log.holder.submitted)
    _say_assumptions(report, edition, log)
    _say_lines(report, log, balance)
    _say_long_days(report, edition, log)
    _say_sums(report, balance)
    if planned is not None:
        _say_plan(report, planned)
    report.data = {
        "file": file,
        "edition": edition.id,
        "on": plain(asked.on),
        "cycle": {"start": plain(cycle.start), "end": plain(cycle.end)},
        "window": {"opens": plain(opens), "closes": plain(closes), "accepted": accepted},
        **_data(report, log, balance),
        "plan": None if planned is None else _plan_data(planned),
    }
    return report


def where(report: Report, file: str, fault: Fault) -> str:
    """A fault of a file as a sentence that begins with its place."""
    text = words.WHERE if fault.row and fault.column else words.WHERE_ROW if fault.row else words.WHERE_FILE
    return report.word(text, file=file, row=fault.row, column=fault.column) + fault.sentence(report.lang)


def _judge_window(report: Report, edition: Edition, expiry: date, submitted: date | None) -> bool | None:
    """Whether a day of application that somebody named would be taken at all (MAN-イ.C4)."""
    if submitted is None:
        return None
    from nintei.rules.dates import renewal_window

    found = renewal_window(edition, expiry, submitted)
    sentence = words.IN_WINDOW if found.accepted else words.OUT_OF_WINDOW
    report.judge(found.accepted, sentence, found.findings[0].cite, on=submitted)
    report.answer &= found.accepted
    return found.accepted


def _say_assumptions(report: Report, edition: Edition, log: Log) -> None:
    for code in selfcheck.assumed_courses(edition, log):
        category = edition.categories[code]
        cite = category.conditions.get("list_on_the_web", category.cite)
        report.say(words.COURSES_ASSUMED, cite, category=code)


def _say_lines(report: Report, log: Log, balance: Balance) -> None:
    report.lines.append("")
    rows = [report.word(words.TITLES).split("|")]
    rows += [
        _row(report, entry, line, balance) for entry, line in zip(log.entries, balance.lines, strict=True)
    ]
    widths = [max(wide(row[place]) for row in rows) for place in range(5)]
    for row in rows:
        cells = [
            padded(text, width, right=place in (0, 3, 4))
            for place, (text, width) in enumerate(zip(row, widths, strict=False))
        ]
        report.lines.append("  ".join([*cells, row[5]]))


def _row(report: Report, entry: Entry, line: Line, balance: Balance) -> list[str]:
    sessions = entry.activity.sessions
    days = sorted({session.on for session in sessions})
    span = str(days[0]) if len(days) == 1 else f"{days[0]}…{days[-1]}"
    time = clock(sum(session.minutes for session in sessions))
    if entry.activity.items:
        time = report.word(words.ITEMS, count=entry.activity.items)
    reason = with_clause(reason_of(report, line, balance), line.cite)
    title = f"  {entry.title}" if entry.title else ""
    return [str(entry.row), span, line.category, time, shown(line.credited), reason + title]


def reason_of(report: Report, line: Line, balance: Balance) -> str:
    """Why a line is worth what it is, as a sentence."""
    code = "RECLASSIFIED" if line.reason.startswith("RECLASSIFIED") else line.reason
    bound = line.cut_by
    return report.word(
        words.REASONS[code],
        category=line.category,
        categories="" if bound is None else ", ".join(sorted(bound.categories)),
        cap="" if bound is None else shown(bound.points),
        cut=shown(line.claimed - line.credited),
        step=shown(balance.frame.edition.points.step),
    )


def _say_long_days(report: Report, edition: Edition, log: Log) -> None:
    for finding in check_days(edition, [entry.activity for entry in log.entries]):
        hours = clock(int(str(finding.shown)))
        limit = edition.points.warn_hours_a_day
        report.say(words.LONG_DAY, finding.cite, on=finding.note, hours=hours, limit=limit)


def _say_sums(report: Report, balance: Balance) -> None:
    total = balance.findings[0]
    parts = "  ".join(f"{category} {shown(points)}" for category, points in balance.by_category.items())
    report.lines.append("")
    report.say(words.BY_CATEGORY, parts=parts)
    report.say(words.TOTAL, total.cite, total=shown(balance.total), required=shown(balance.required))
    for finding in balance.findings[1:]:
        if finding.met is False:
            _say_unmet(report, balance.frame.edition, finding)
    if balance.shortfall:
        report.say(words.SHORT, total.cite, shortfall=shown(balance.shortfall))
    elif balance.met:
        report.say(words.ENOUGH, total.cite)


def _say_unmet(report: Report, edition: Edition, finding: Finding) -> None:
    """A minimum that is not reached: of which categories and fields, and in which year."""
    numbers = {"shown": shown(Fraction(str(finding.shown))), "wanted": shown(Fraction(str(finding.wanted)))}
    bound = next((each for each in edition.points.minimums if each.key == finding.key), None)
    if bound is None:
        report.say(words.UNMET_TOPICS, finding.cite, **numbers)
        return
    what = ", ".join(code for code in edition.categories if code in bound.categories)
    if bound.topics is not None:
        names = [report.word(each.name) for key, each in edition.fields.items() if key in bound.topics]
        what += report.word(words.OF_TOPICS, topics=", ".join(names))
    first, _, last = finding.note.partition("/")
    when = report.word(words.IN_YEAR, first=first, last=last) if last else ""
    report.say(words.UNMET, finding.cite, what=what, when=when, **numbers)


def _say_plan(report: Report, planned: Plan) -> None:
    if not planned.possible:
        report.say(words.IMPOSSIBLE, planned.balance.findings[0].cite, last_day=planned.last_day)
    if planned.steps:
        report.head(words.STEPS, last_day=planned.last_day)
    for step in planned.steps:
        categories = report.word(words.AND if step.together else words.OR).join(step.categories)
        sentence = report.word(
            words.STEP, categories=categories, points=shown(step.points), total=shown(step.total)
        )
        report.lines.append(sentence + _by_when(report, step, planned))
    uncapped = ", ".join(planned.uncapped)
    if planned.least_uncapped and planned.uncapped:
        report.say(
            words.LEAST_UNCAPPED,
            planned.balance.findings[0].cite,
            points=shown(planned.least_uncapped),
            uncapped=uncapped,
        )
    elif planned.impossible_from is not None and planned.uncapped:
        report.say(
            words.IMPOSSIBLE_FROM,
            planned.balance.findings[0].cite,
            day=planned.impossible_from,
            uncapped=uncapped,
        )


def _by_when(report: Report, step: Step, planned: Plan) -> str:
    """The first day on which room for a step is lost, and the clauses of its caps (or that it has none)."""
    edition = planned.balance.frame.edition
    clauses = {cap.cite.clause for cap in edition.points.caps if cap.categories & set(step.categories)}
    for code in planned.uncapped:
        if code in step.categories:
            category = edition.categories[code]
            clauses.add(category.conditions.get("no_cap", category.cite).clause)
    due = min((share.last_day for share in step.shares), default=planned.last_day)
    return f"{report.word(words.LAST_DAY, day=due)} [{', '.join(sorted(clauses))}]"


def _data(report: Report, log: Log, balance: Balance) -> dict[str, object]:
    total = balance.findings[0]
    return {
        "lines": [
            {
                "row": entry.row,
                "id": line.id,
                "title": entry.title,
                "category": line.category,
                "claimed": plain(line.claimed),
                "credited": plain(line.credited),
                "reason": line.reason,
                "text": reason_of(report, line, balance),
                "clause": line.cite and line.cite.clause,
                "quote": line.cite and line.cite.quote,
            }
            for entry, line in zip(log.entries, balance.lines, strict=True)
        ],
        "by_category": {category: plain(points) for category, points in balance.by_category.items()},
        "total": plain(balance.total),
        "required": plain(balance.required),
        "shortfall": plain(balance.shortfall),
        "enough": balance.met,
        "clause": total.cite and total.cite.clause,
        "unmet": [
            {"key": each.key, "shown": plain(each.shown), "wanted": plain(each.wanted),
             "clause": each.cite and each.cite.clause}
            for each in balance.findings
            if each.met is False
        ],
    }  # fmt: skip


def _plan_data(planned: Plan) -> dict[str, object]:
    return {
        "last_day": plain(planned.last_day),
        "possible": planned.possible,
        "reachable": plain(planned.reachable),
        "least_uncapped": plain(planned.least_uncapped),
        "impossible_from": planned.impossible_from and plain(planned.impossible_from),
        "steps": [
            {
                "categories": list(step.categories),
                "together": step.together,
                "points": plain(step.points),
                "total": plain(step.total),
            }
            for step in planned.steps
        ],
    }
