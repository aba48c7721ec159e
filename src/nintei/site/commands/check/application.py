"""An application held against the rules: report, experience, forms and fee, each finding with its clause."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from nintei.ledger.selfcheck import Asked
from nintei.rules import dates, decisions, experience, fees
from nintei.rules.edition import Edition
from nintei.rules.findings import Finding
from nintei.site.commands.check import Wrong, words
from nintei.site.commands.check.paper import Misfilled, Paper, read_paper
from nintei.site.commands.check.report import Report, plain


def check_application(file: str, data: bytes, edition: Edition, asked: Asked, lang: str) -> Report:
    """The report about an application; what the file does not say is not held against anybody."""
    report = Report(lang)
    paper = _read(report, file, data, edition, asked)
    applied_on = paper.applied_on or asked.on
    report.head(
        words.APPLICATION, file=file, qualification=paper.qualification, edition=edition.id, on=applied_on
    )
    report.data = {
        "file": file,
        "edition": edition.id,
        "qualification": paper.qualification,
        "on": plain(applied_on),
    }
    wanted = edition.qualifications[paper.qualification]
    if not wanted.certified:
        report.say(words.NEEDS_NO_CERTIFICATION, wanted.cite)
        return report
    _report_of_exam(report, edition, paper, applied_on)
    if paper.posts is not None:
        _experience(report, edition, paper, applied_on)
    if paper.received is not None:
        _forms(report, edition, paper, applied_on)
    _fee(report, edition, paper, applied_on)
    report.data["enough"] = report.answer
    return report


def _read(report: Report, file: str, data: bytes, edition: Edition, asked: Asked) -> Paper:
    try:
        return read_paper(data, file.lower().endswith(".toml"), edition, asked.qualification)
    except Misfilled as wrong:
        sentence = report.word(words.APPLICATION_FAULTS[wrong.fault], **wrong.data)
        raise Wrong(report.word(words.WHERE_FILE, file=file) + sentence) from None
    except (ValueError, RecursionError) as error:
        raise Wrong(report.word(words.UNREADABLE, file=file, why=error)) from None


def _report_of_exam(report: Report, edition: Edition, paper: Paper, applied_on: date) -> None:
    if paper.report is None:
        return
    stated = paper.report
    use = dates.report_use(
        edition, stated.issued_on, applied_on, paper.qualification, stated.exam, stated.passed
    )
    for finding in use.findings:
        if not finding.met:
            sentence = words.REPORT_REASONS[finding.note]
            report.judge(False, sentence, finding.cite, shown=finding.shown, wanted=finding.wanted)
    report.data["report"] = {
        "usable": use.usable,
        "last_day": plain(use.last_day),
        "reason": use.reason.value,
    }
    if not use.usable:
        report.answer = False
        return
    report.judge(True, words.REPORT_OK, use.findings[-1].cite, last=use.last_day)
    late = dates.late_application(edition, stated.issued_on, applied_on)
    start, end = late.validity.start, late.validity.end
    cite = late.validity.findings[0].cite
    report.say(words.VALIDITY, cite, start=start, end=end, days=late.days_left)
    for flag in late.flags:
        report.judge(None, words.LATE[flag], edition.validity.cites.get("start"))
    report.data["validity"] = {
        "start": plain(start), "end": plain(end), "days_left": late.days_left,
        "flags": [flag.value for flag in late.flags],
    }  # fmt: skip


def _months(report: Report, months: Fraction | int) -> str:
    whole = experience.whole(Fraction(months))
    return report.word(words.MONTHS, years=whole // 12, months=whole % 12)


def _experience(report: Report, edition: Edition, paper: Paper, applied_on: date) -> None:
    posts = paper.posts or ()
    weighed = experience.weigh(edition, paper.qualification, posts, applied_on, paper.substitution_months)
    ahead = {
        each.reason: each.on
        for each in experience.met_if_continued(
            edition, paper.qualification, posts, applied_on, paper.substitution_months
        )
    }
    report.lines.append("")
    for finding in weighed.findings:
        _say_finding(report, edition, weighed, finding)
        if finding.note in ahead:
            on = ahead[experience.Reason(finding.note)]
            report.say(words.NEVER_MET if on is None else words.MET_ON, finding.cite, day=on)
    for text, spans in ((words.GAP, weighed.gaps), (words.OVERLAP, weighed.overlaps)):
        for span in spans:
            report.say(text, weighed.findings[0].cite, start=span.start, end=span.end)
    report.answer &= weighed.result is experience.Result.ELIGIBLE
    report.data["experience"] = {
        "result": weighed.result.value,
        "reasons": [reason.value for reason in weighed.reasons],
        "flags": [flag.value for flag in weighed.flags],
        "actual_months": plain(weighed.actual),
        "substitution_months": plain(weighed.substitution),
        "counted_months": plain(weighed.counted),
        "required_field_months": plain(weighed.required),
        "by_field": {key: plain(months) for key, months in weighed.by_field.items()},
        "met_on": {reason.value: on and plain(on) for reason, on in ahead.items()},
    }


def _say_finding(report: Report, edition: Edition, weighed: experience.Experience, finding: Finding) -> None:
    if finding.note in words.FLAGS:
        report.judge(None, words.FLAGS[finding.note], finding.cite)
        return
    text, in_months = {
        "experience.total_months": (words.TOTAL_MONTHS, True),
        "experience.min_fields": (words.MIN_FIELDS, False),
        "experience.required_months": (words.REQUIRED_MONTHS, True),
    }[finding.key]
    shown, wanted = finding.shown, finding.wanted
    if in_months:
        shown, wanted = (_months(report, Fraction(str(months))) for months in (shown, wanted))
    names = [edition.fields[key].name for key in weighed.required_fields]
    fields = ", ".join(report.word(name) for name in names)
    report.judge(finding.met, text, finding.cite, shown=shown, wanted=wanted, fields=fields)
    if finding.key == "experience.total_months" and weighed.substitution:
        cite = edition.experience.cites.get("substitution_cap_months")
        report.say(words.SUBSTITUTED, cite, months=experience.whole(weighed.substitution))


def _forms(report: Report, edition: Edition, paper: Paper, applied_on: date) -> None:
    state = decisions.acceptance(
        edition,
        paper.qualification,
        paper.received or (),
        paper.received_on or applied_on,
        paper.fee_confirmed_on,
    )
    report.lines.append("")
    names = {f"procedure.forms.{form.code}": form.name for form in edition.procedure.forms}
    names |= {f"procedure.criteria.{each.code}": each.name for each in edition.procedure.criteria}
    for finding in state.findings:
        report.judge(finding.met, names[finding.key], finding.cite)
    accepted = state.accepted_on is not None
    report.say(
        words.ACCEPTED if accepted else words.NOT_ACCEPTED, state.findings[-1].cite, on=state.accepted_on
    )
    report.answer &= accepted
    report.data["acceptance"] = {
        "state": state.state.value,
        "missing": list(state.missing),
        "accepted_on": state.accepted_on and plain(state.accepted_on),
    }


def _fee(report: Report, edition: Edition, paper: Paper, applied_on: date) -> None:
    report.lines.append("")
    try:
        due = fees.fee(edition, "first", paper.fee_confirmed_on or applied_on)
    except fees.NotSet:
        report.judge(None, words.FEE_NOT_SET)
        return
    report.say(words.FEE, due.cites[0], total=f"{due.total:,}", base=f"{due.base:,}", tax=f"{due.tax:,}")
    report.data["fee"] = {"base": due.base, "tax": due.tax, "total": due.total}
