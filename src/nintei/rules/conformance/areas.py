"""What the kernel answers in each area: input of a case in, the kernel asked, the answer as plain data out."""

from __future__ import annotations

from datetime import date

from nintei.rules import dates, decisions, experience, fees
from nintei.rules.conformance.given import Answer, Data, Given, Malformed
from nintei.rules.conformance.lookups import answer_lookup
from nintei.rules.edition import Edition
from nintei.rules.points import Activity, Balance, Cycle, Session, evaluate, points_for

# Described by cases and of no effect on any rule (CPD-A.2, C.8, D.11a).
_DESCRIPTIVE = ("kind", "format", "title", "third_party_proof")


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _span(validity: dates.Validity) -> Data:
    return {
        "validity_start": _iso(validity.start),
        "validity_end": _iso(validity.end),
        "renewal_opens": _iso(validity.opens),
        "renewal_closes": _iso(validity.closes),
    }


def _validity(edition: Edition, given: Given) -> Data:
    found = dates.validity_of_report(edition, given.day("report_issue_date"))
    return {**_span(found), "report_last_usable_day": _iso(found.report_last_day)}


def _report(edition: Edition, given: Given) -> Data:
    # The day of payment is given in some cases to show that it does not decide (AMB-V5).
    given.day_or_none("payment_confirmed_date")
    result = given.text("result") if given.has("result") else "pass"
    if result not in ("pass", "fail"):
        raise Malformed(f"'result' must be pass or fail, not {result!r}")
    found = dates.report_use(
        edition,
        given.day("report_issue_date"),
        given.day("application_date"),
        given.text("programme"),
        exam=given.text("report_exam") if given.has("report_exam") else None,
        passed=result == "pass",
    )
    return {"usable": found.usable, "last_usable_day": _iso(found.last_day), "reason": found.reason.value}


def _late_application(edition: Edition, given: Given) -> Data:
    found = dates.late_application(edition, given.day("report_issue_date"), given.day("application_date"))
    return {
        "usable": found.usable,
        "reason": found.reason.value,
        **_span(found.validity),
        "days_left_in_validity": found.days_left,
        "flags": [flag.value for flag in found.flags],
    }


def _legacy(edition: Edition, given: Given) -> Data:
    found = dates.legacy_validity(
        edition,
        given.day("initial_application_date"),
        given.day("report_issue_date"),
        given.day_or_none("certificate_expiry_date"),
    )
    answer: Data = {
        "legacy": found.legacy,
        "expiry": _iso(found.expiry),
        "renewal_opens": _iso(found.opens),
        "renewal_closes": _iso(found.closes),
    }
    return answer if found.flag is None else {**answer, "flag": found.flag}


def _renewal_window(edition: Edition, given: Given) -> Data:
    found = dates.renewal_window(edition, given.day("expiry_date"), given.day("application_date"))
    return {
        "opens": _iso(found.opens),
        "closes": _iso(found.closes),
        "accepted": found.accepted,
        "reason": found.reason.value,
    }


def _term(term: dates.Term) -> Data:
    return {"next_start": _iso(term.start), "next_end": _iso(term.end)}


def _renewed_term(edition: Edition, given: Given) -> Data:
    return _term(dates.renewed_term(edition, given.day("expiry_date")))


def _status(edition: Edition, given: Given) -> Data:
    holding = dates.Holding(
        given.day("validity_start"),
        given.day("validity_end"),
        given.day_or_none("certified_date"),
        _renewal_case(given.object("renewal")) if given.has("renewal") else None,
    )
    return {"status": dates.status_on(edition, holding, given.day("as_of")).code.value}


def _renewal_case(given: Given) -> dates.RenewalCase:
    outcome = given.text("outcome") if given.has("outcome") else None
    if outcome not in (None, "renewed", "refused"):
        raise Malformed(f"'outcome' must be renewed or refused, not {outcome!r}")
    decided = given.day_or_none("decided")
    case = dates.RenewalCase(given.day("applied"), decided, None if outcome is None else outcome == "renewed")
    given.end()
    return case


def _points(edition: Edition, given: Given) -> Data:
    points, reason = points_for(edition, given.count("minutes"))
    return {"points": points, "reason": reason}


def _cycle(given: Given, submitted_on: date | None, qualification: str | None = None) -> Cycle:
    certified_on = given.day_or_none("certified_date")
    return Cycle(given.day("start"), given.day("end"), submitted_on, certified_on, qualification)


def _activity(given: Given) -> Activity:
    given.ignore(*_DESCRIPTIVE)
    detail = given.text("detail") if given.has("detail") else "clear"
    if detail not in ("clear", "unclear"):
        raise Malformed(f"'detail' must be clear or unclear, not {detail!r}")
    activity = Activity(
        id=given.text("id"),
        category=given.text("category"),
        sessions=_sessions(given),
        topic=given.code("field") if given.has("field") else None,
        registered_course=given.has("registry_course") and given.flag("registry_course"),
        proof=given.text("proof") if given.has("proof") else "record",
        detail_clear=detail == "clear",
        same_activity=given.text("same_activity") if given.has("same_activity") else None,
        serves=given.text("for") if given.has("for") else None,
    )
    given.end()
    return activity


def _sessions(given: Given) -> tuple[Session, ...]:
    if not given.has("sessions"):
        return (Session(given.day("date"), given.count("minutes")),)
    found = []
    for each in given.objects("sessions"):
        found.append(Session(each.day("date"), each.count("minutes")))
        each.end()
    return tuple(found)


def _activities(given: Given) -> list[Activity]:
    return [_activity(each) for each in given.objects("activities")]


def _cpd(edition: Edition, given: Given) -> Data:
    bounds = given.object("cycle")
    start, end = bounds.day("start"), bounds.day("end")
    bounds.end()
    cycle = Cycle(start, end, given.day_or_none("submission_date"), given.day_or_none("certified_date"))
    return _balance(evaluate(edition, cycle, _activities(given)))


def _balance(balance: Balance) -> Data:
    return {
        "lines": [
            {"id": line.id, "category": line.category, "credited": line.credited, "reason": line.reason}
            for line in balance.lines
        ],
        "by_category": dict(balance.by_category),
        "total": balance.total,
        "renewal_ok": balance.met,
        "shortfall": balance.shortfall,
    }


def _dual(edition: Edition, given: Given) -> Data:
    activities = _activities(given)
    cycles = given.object("cycles")
    answer: Data = {}
    for code in cycles.keys():  # noqa: SIM118  a method of Given
        each = cycles.object(code)
        balance = evaluate(edition, _cycle(each, each.day_or_none("submission_date"), code), activities)
        each.end()
        answer[code] = {"total": balance.total, "renewal_ok": balance.met}
    return answer


def _audit_result(edition: Edition, given: Given) -> Data:
    bounds = given.object("cycle")
    cycle = _cycle(bounds, given.day_or_none("submission_date"))
    bounds.end()
    disallowed = [str(each) for each in given.listed("disallowed")]
    found = decisions.strike(edition, cycle, _activities(given), disallowed)
    return {
        "total_before": found.before.total,
        "total_after": found.after.total,
        "renewal_ok_after": found.after.met,
        "credited_after": dict(found.credited),
    }


def _post(number: int, given: Given) -> experience.Post:
    attested_by = given.text("attested_by") if given.has("attested_by") else "supervisor_there"
    if attested_by not in list(experience.AttestedBy):
        raise Malformed(f"unknown 'attested_by' {attested_by!r}")
    post = experience.Post(
        id=str(number),
        start=given.day("from"),
        end=given.day_or_none("to"),
        fields=frozenset(str(field) for field in given.listed("fields")),
        attested_by=experience.AttestedBy(attested_by),
    )
    given.end()
    return post


def _experience(edition: Edition, given: Given) -> Data:
    found = experience.weigh(
        edition,
        given.text("programme"),
        [_post(number, each) for number, each in enumerate(given.objects("periods"))],
        given.day("reference_date"),
        given.count("substitution_months") if given.has("substitution_months") else 0,
    )
    return {
        "actual_months": experience.whole(found.actual),
        "substitution_months": experience.whole(found.substitution),
        "counted_months": experience.whole(found.counted),
        "fields": len(found.fields),
        "required_field_months": experience.whole(found.required),
        "result": found.result.value,
        "reasons": [reason.value for reason in found.reasons],
        "flags": [flag.value for flag in found.flags],
    }


def _fee(edition: Edition, given: Given) -> Data:
    taxed_on = given.day("tax_date")
    if given.has("rate"):
        rate = given.number("rate")
        taxes = tuple(row._replace(rate=rate) for row in edition.fees.taxes)
        edition = edition._replace(fees=edition.fees._replace(taxes=taxes))
    # A case gives the day that decides the tax; the price is the list's first where that day is before it.
    first = min(row.from_day for row in edition.fees.prices if row.kind == "first")
    found = fees.fee(
        edition,
        "first",
        max(taxed_on, first),
        given.count("applications") if given.has("applications") else 1,
        given.text("programme") if given.has("programme") else None,
        taxed_on,
    )
    answer: Data = {"base": found.base, "tax": found.tax, "total": found.total}
    return {**answer, "reason": found.reason} if found.reason else answer


# Of an application that goes on the fee stays, and only what was paid beyond it goes back (AMB-F3).
# Every other event describes how the application ended.
_BEYOND_THE_FEE = ("overpaid", "overpayment", "paid_twice", "double_payment", "duplicate_payment")


def _refund(edition: Edition, given: Given) -> Data:
    beyond = given.has("event") and given.text("event") in _BEYOND_THE_FEE
    found = fees.refund(
        edition,
        given.count("paid"),
        given.flag("accepted") or beyond,
        given.count("bank_charge") if given.has("bank_charge") else 0,
        fees.fee(edition, "first", date.max).total if beyond else None,
    )
    return {"refund": found.amount, "rule": found.rule.value}


def _application(edition: Edition, given: Given) -> Data:
    received = given.object("received")
    forms = [code for code in received.keys() if received.flag(code)]  # noqa: SIM118  a method of Given
    found = decisions.acceptance(
        edition,
        given.text("programme"),
        forms,
        given.day_or_none("documents_received_date"),
        given.day_or_none("payment_confirmed_date"),
    )
    answer: Data = {"state": found.state.value, "missing": list(found.missing)}
    return answer if found.accepted_on is None else {**answer, "accepted_on": _iso(found.accepted_on)}


def _decision(edition: Edition, given: Given) -> Data:
    result = given.text("experience")
    if result not in list(experience.Result):
        raise Malformed(f"unknown 'experience' {result!r}")
    given.text("programme")
    found = decisions.decision(
        edition,
        given.flag("pass_confirmed"),
        experience.Result(result),
        given.flag("oath_signed"),
        given.flag("fee_confirmed"),
    )
    return {
        "decision": found.outcome.value,
        "send_certificate": found.send_certificate,
        "failed": list(found.failed),
    }


def _renewal(edition: Edition, given: Given) -> Data:
    expiry, applied_on = given.day("expiry_date"), given.day("application_date")
    found = decisions.renewal(edition, expiry, applied_on, given.number("credited_points"))
    answer: Data = {"result": found.outcome.value, "reasons": list(found.reasons)}
    return answer if found.term is None else {**answer, **_term(found.term)}


def _audit_evidence(edition: Edition, given: Given) -> Data:
    evidence = given.object("evidence")
    known = {
        name for each in edition.categories.values() for option in each.evidence for name in option.shows
    }
    detail = evidence.text("detail") if evidence.has("detail") else None
    if detail not in (None, "clear", "unclear"):
        raise Malformed(f"'detail' must be clear or unclear, not {detail!r}")
    shows = {"detail": detail is not None}
    for key in set(evidence.keys()) - {"detail"}:
        for name in ("date", "time") if key == "datetime" else (key,):
            if name not in known | {"third_party"}:
                raise Malformed(f"unknown evidence {key!r}")
            shows[name] = shows.get(name, False) or evidence.flag(key)
    found = decisions.evidence_for_audit(edition, given.text("category"), shows, detail != "unclear")
    answer: Data = {"outcome": found.outcome.value}
    return answer if found.may_claim_as is None else {**answer, "may_claim_as": found.may_claim_as}


AREAS: dict[str, Answer] = {
    "validity": _validity,
    "report": _report,
    "late_application": _late_application,
    "legacy": _legacy,
    "renewal_window": _renewal_window,
    "renewed_term": _renewed_term,
    "status": _status,
    "points": _points,
    "cpd": _cpd,
    "dual": _dual,
    "audit_result": _audit_result,
    "audit_evidence": _audit_evidence,
    "experience": _experience,
    "fee": _fee,
    "refund": _refund,
    "application": _application,
    "decision": _decision,
    "renewal": _renewal,
    "refdata": answer_lookup,
}
