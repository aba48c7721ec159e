"""The runner: an answer counts only if it is exactly right, and nothing unknown passes."""

# ruff: noqa: E501

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from nintei.rules.conformance import AREAS, Case, Difference, Malformed, Verdict, read_cases, run
from nintei.rules.conformance.given import Given
from nintei.rules.conformance.policies import POLICIES
from nintei.rules.load import load

CONKEN = load("conken", date(2026, 11, 24))
SHARED = Path(__file__).parents[4].parent / "shared" / "conformance" / "cases.json"


def case(area: str, given: dict[str, object], expected: dict[str, object], **policy: object) -> Case:
    return Case("T-1", area, dict(policy), given, expected)


def verdict(area: str, given: dict[str, object], expected: dict[str, object], **policy: object) -> Verdict:
    return run(case(area, given, expected, **policy), CONKEN)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared conformance cases are not beside this repository")
def test_every_shared_case_of_the_kernel_passes() -> None:
    verdicts = [
        run(each, CONKEN) for each in read_cases(SHARED.read_text(encoding="utf-8")) if each.area in AREAS
    ]
    assert len(verdicts) > 180
    assert [(each.case.id, each.error, each.differences) for each in verdicts if not each.passed] == []


def test_numbers_are_exact_and_true_is_not_one() -> None:
    half = read_cases('[{"id": 1, "area": "points", "input": {"minutes": 45}, "expected": {"points": 0.5}}]')
    assert half[0].expected == {"points": Fraction(1, 2)}
    assert run(half[0], CONKEN).passed
    assert verdict("points", {"minutes": 60}, {"points": True}).differences == (
        Difference("points", True, 1),
    )
    assert not verdict("report", {
        "report_issue_date": "2025-05-10", "application_date": "2025-06-01", "programme": "OMP",
    }, {"usable": 1}).passed  # fmt: skip


def test_a_wrong_or_missing_key_is_told_with_both_values() -> None:
    found = verdict("points", {"minutes": 45}, {"points": 1, "colour": "red", "reason": "OK"})
    assert not found.passed
    assert found.differences == (
        Difference("points", 1, Fraction(1, 2)),
        Difference("colour", "red", None, missing=True),
    )


def test_an_answer_may_say_more_and_sets_have_no_order() -> None:
    posts = [{"from": "2022-04-01", "to": "2023-03-31", "fields": [1]}]
    given: dict[str, object] = {"programme": "OMP", "reference_date": "2023-04-10", "periods": posts}
    reasons = ["REQUIRED_LT_2Y", "TOTAL_LT_5Y", "FIELDS_LT_2"]
    assert verdict("experience", given, {"reasons": reasons}).passed
    assert not verdict("experience", given, {"reasons": reasons[:2]}).passed
    assert not verdict("experience", given, {"reasons": "TOTAL_LT_5Y"}).passed


def test_lists_and_objects_are_compared_whole() -> None:
    given: dict[str, object] = {
        "cycle": {"start": "2024-04-01", "end": "2027-03-31"},
        "submission_date": "2027-02-10",
        "activities": [
            {
                "id": "a",
                "category": "B",
                "date": "2024-06-01",
                "minutes": 60,
                "field": 4,
                "proof": "certificate",
            },
            {"id": "b", "category": "D", "date": "2024-06-02", "minutes": 60, "field": 4},
        ],
    }
    lines = [
        {"id": "a", "category": "B", "credited": 1, "reason": "OK"},
        {"id": "b", "category": "D", "credited": 1, "reason": "OK"},
    ]
    assert verdict("cpd", given, {"lines": lines, "by_category": {"A": 0, "B": 1, "C": 0, "D": 1}}).passed
    assert not verdict("cpd", given, {"lines": lines[::-1]}).passed
    assert not verdict("cpd", given, {"lines": lines[:1]}).passed
    assert not verdict("cpd", given, {"by_category": {"B": 1, "D": 1}}).passed


@pytest.mark.parametrize(
    ("area", "given", "policy", "error"),
    [
        ("astrology", {}, {}, "unknown area 'astrology'"),
        ("points", {"minutes": 45, "mood": 1}, {}, "Malformed: input has the unknown key 'mood'"),
        ("points", {}, {}, "Malformed: input has no 'minutes'"),
        ("points", {"minutes": "45"}, {}, "Malformed: 'minutes' of input is not a int: '45'"),
        ("points", {"minutes": True}, {}, "Malformed: 'minutes' of input is not a int: True"),
        ("points", {"minutes": 45}, {"C5": "ceiling"}, "Malformed: policy C5 has no option 'ceiling'"),
        ("points", {"minutes": 45}, {"C5": ["floor"]}, "Malformed: policy C5 has no option ['floor']"),
        ("points", {"minutes": 45}, {"Z9": "x"}, "Malformed: unknown policy 'Z9'"),
        ("validity", {"report_issue_date": "2025-02-30"}, {}, "Malformed: 'report_issue_date' of input is no day"),
        ("validity", {"report_issue_date": "20250228"}, {}, "Malformed: 'report_issue_date' of input is no day"),
        ("refdata", {"lookup": "weather"}, {}, "Malformed: unknown look-up 'weather'"),
        ("refdata", {"lookup": "required_fields", "programme": "X"}, {}, "Malformed: unknown programme 'X'"),
        ("refdata", {"lookup": "field_by_code", "edition": "CPD-1999-01", "code": "SM"}, {}, "Malformed: unknown edition"),
        ("fee", {"tax_date": "2026-01-15", "rate": "ten"}, {}, "Malformed: 'rate' is no number: 'ten'"),
        ("fee", {"tax_date": "2026-01-15", "applications": 0}, {}, "BadInput: fees.applications"),
        ("fee", {"tax_date": "1999-01-15"}, {}, "NotSet: tax_rate"),
        ("decision", {"experience": "MAYBE"}, {}, "Malformed: unknown 'experience' 'MAYBE'"),
        ("audit_evidence", {"category": "A", "evidence": {"smile": True}}, {}, "Malformed: unknown evidence 'smile'"),
        ("audit_evidence", {"category": "C", "evidence": {"detail": "so so"}}, {}, "Malformed: 'detail' must be"),
        ("report", {"result": "perhaps"}, {}, "Malformed: 'result' must be pass or fail"),
        ("status", {
            "validity_start": "2026-04-01", "validity_end": "2029-03-31", "as_of": "2026-04-01",
            "renewal": {"applied": "2029-01-01", "outcome": "lost"},
        }, {}, "Malformed: 'outcome' must be"),
        ("experience", {
            "programme": "OMP", "reference_date": "2026-04-01",
            "periods": [{"from": "2020-01-01", "to": None, "fields": [4], "attested_by": "a friend"}],
        }, {}, "Malformed: unknown 'attested_by' 'a friend'"),
        ("audit_result", {
            "cycle": {"start": "2024-04-01", "end": "2027-03-31"}, "submission_date": None, "disallowed": ["x"],
            "activities": [],
        }, {}, "BadInput: audit.unknown_line"),
        ("cpd", {
            "cycle": {"start": "2024-04-01", "end": "2027-03-31"},
            "activities": [{"id": "a", "category": "B", "date": "2024-06-01", "minutes": 60, "detail": "foggy"}],
        }, {}, "Malformed: 'detail' must be clear or unclear"),
        ("cpd", {"cycle": ["2024-04-01"], "activities": []}, {}, "Malformed: 'cycle' of input is not a dict"),
        ("cpd", {"cycle": {"start": "2024-04-01", "end": "2027-03-31"}, "activities": [1]}, {}, "Malformed: activities[0]"),
    ],
)  # fmt: skip
def test_what_nobody_knows_never_passes(
    area: str, given: dict[str, object], policy: dict[str, object], error: str
) -> None:
    found = verdict(area, given, {}, **policy)
    assert not found.passed
    assert found.error.startswith(error)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("[", "not JSON"),
        ("{}", "must be a list of cases"),
        ("[1]", "case 1 is no object"),
        ('[{"id": 1, "area": "points", "input": {}}]', "case 1 has no 'expected'"),
        (
            '[{"id": 1, "area": "points", "input": {}, "expected": {}, "note": 1}]',
            "case 1 has the unknown key 'note'",
        ),
        ('[{"id": 1, "area": "points", "input": [], "expected": {}}]', "'input' of case 1 is no object"),
        ('[{"id": 1, "area": "points", "input": {"minutes": NaN}, "expected": {}}]', "NaN is not a number"),
        (
            '[{"id": 1, "area": "points", "input": {}, "expected": {"points": 1e999999}}]',
            "the number 1e999999",
        ),
        ("[" * 100_000, "not usable as JSON"),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_refused_with_a_sentence(text: str, why: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_cases(text)
    assert str(caught.value).startswith(why)


def test_a_case_may_carry_words_that_describe_it() -> None:
    text = '[{"id": 7, "area": "points", "input": {}, "expected": {}, "author": "Ito", "tags": ["a", "b"]}]'
    assert read_cases(text) == [Case("7", "points", {}, {}, {})]
    with pytest.raises(Malformed, match="case 1 has the unknown key 'polcy'"):
        read_cases(
            '[{"id": 7, "area": "points", "input": {}, "expected": {}, "polcy": {"C1": "fiscal_year"}}]'
        )
    with pytest.raises(Malformed, match="case 1 has the unknown key 'tags'"):
        read_cases('[{"id": 7, "area": "points", "input": {}, "expected": {}, "tags": ["a", 1]}]')


def test_a_verdict_names_its_case() -> None:
    asked = case("points", {"minutes": 45}, {"points": 1})
    unknown = case("astrology", {}, {})
    assert [run(each, CONKEN).case for each in (asked, unknown)] == [asked, unknown]
    broken = case("points", {}, {})
    assert run(broken, CONKEN) == Verdict(broken, error="Malformed: input has no 'minutes'")


def test_a_fault_inside_names_its_place() -> None:
    cycle: dict[str, object] = {"start": "2024-04-01", "end": "2027-03-31", "years": 3}
    found = verdict("cpd", {"cycle": cycle, "activities": []}, {})
    assert found.error == "Malformed: cycle has the unknown key 'years'"
    posts: list[dict[str, object]] = [
        {"from": "2020-04-01", "to": "2021-03-31", "fields": [4]},
        {"from": "2020-04-01", "to": "2020-03-31", "fields": [4]},
    ]
    found = verdict("experience", {"programme": "OMP", "reference_date": "2023-04-10", "periods": posts}, {})
    assert found.error == (
        "BadInput: experience.ends_before_it_starts (post=1, start=2020-04-01, end=2020-03-31)"
    )
    posts[1] = {"from": "2020-04-01", "to": "2020-05-31", "fields": [4], "hours": 8}
    found = verdict("experience", {"programme": "OMP", "reference_date": "2023-04-10", "periods": posts}, {})
    assert found.error == "Malformed: periods[1] has the unknown key 'hours'"


OWN = read_cases((Path(__file__).parent / "cases.json").read_text("utf-8"))


@pytest.mark.parametrize("own", OWN, ids=[each.id for each in OWN])
def test_the_kernel_answers_its_own_cases(own: Case) -> None:
    found = run(own, CONKEN)
    assert (found.error, found.differences) == ("", ())


def test_the_cases_ask_in_every_area_of_the_kernel_and_under_every_policy() -> None:
    assert {each.area for each in OWN} == AREAS.keys()
    asked = {(key, option) for each in OWN for key, option in each.policy.items()}
    assert {(key, option) for key, options in POLICIES.items() for option in options} - asked == set()
    assert len({each.id for each in OWN}) == len(OWN)


@pytest.mark.parametrize(
    ("area", "given", "expected", "policy"),
    [
        ("validity", {"report_issue_date": "2025-04-01"}, {"validity_start": "2026-04-01", "report_last_usable_day": "2028-04-01"}, {}),
        ("validity", {"report_issue_date": "2025-04-01"}, {"validity_start": "2025-04-01"}, {"V1": "same_day"}),
        ("validity", {"report_issue_date": "2025-03-31"}, {"validity_start": "2025-04-01", "validity_end": "2028-03-31"}, {}),
        ("validity", {"report_issue_date": "2024-02-29"}, {"report_last_usable_day": "2027-02-28"}, {"V4": "include_first_day"}),
        ("late_application", {"report_issue_date": "2023-05-10", "application_date": "2026-05-11"},
         {"usable": False, "reason": "REPORT_EXPIRED", "flags": []}, {}),
        ("legacy", {"initial_application_date": "2018-12-31", "report_issue_date": "2018-01-01"}, {"legacy": True, "expiry": None}, {}),
        ("renewal_window", {"expiry_date": "2026-03-31", "application_date": "2026-04-01"}, {"reason": "EXPIRED", "accepted": False}, {}),
        ("renewed_term", {"expiry_date": "2021-02-28"}, {"next_start": "2021-03-01", "next_end": "2024-02-29"}, {}),
        ("renewed_term", {"expiry_date": "2021-10-14"}, {"next_end": "2025-03-31"}, {"V10": "align_to_march"}),
        ("points", {"minutes": 44}, {"points": Fraction(1, 2)}, {"C5": "round_half_up"}),
        ("points", {"minutes": 0}, {"points": 0, "reason": "BELOW_UNIT"}, {"C5": "refuse"}),
        ("fee", {"tax_date": "2019-09-30"}, {"base": 10000, "tax": 800, "total": 10800}, {}),
        ("fee", {"tax_date": "2026-01-15", "rate": "0.08"}, {"base": 10000, "tax": 800, "total": 10800}, {}),
        ("fee", {"tax_date": "2026-01-15", "programme": "EN"}, {"total": 0, "reason": "NO_CERTIFICATION_FEE"}, {}),
        ("refund", {"accepted": True, "event": "overpaid", "paid": 11440, "bank_charge": 0}, {"refund": 440, "rule": "AMB-F3"}, {}),
        ("refund", {"accepted": True, "event": "certified", "paid": 11000}, {"refund": 0, "rule": "MAN-ウ④.※2"}, {}),
        ("refund", {"accepted": False, "event": "withdrawn", "paid": 100, "bank_charge": 440}, {"refund": 0}, {}),
        ("decision", {"programme": "OMP", "pass_confirmed": True, "experience": "NOT_ELIGIBLE", "oath_signed": True, "fee_confirmed": True},
         {"decision": "REFUSE", "failed": ["②"]}, {}),
        ("decision", {"programme": "OMP", "pass_confirmed": True, "experience": "REVIEW", "oath_signed": True, "fee_confirmed": True},
         {"decision": "PENDING", "send_certificate": False, "failed": []}, {}),
        ("renewal", {"expiry_date": "2027-03-31", "application_date": "2027-02-28", "credited_points": 30}, {"result": "MEETS"}, {}),
        ("renewal", {"expiry_date": "2027-03-31", "application_date": "2027-03-01", "credited_points": Fraction(59, 2)},
         {"result": "FAILS", "reasons": ["TOO_LATE", "POINTS_LT_30"]}, {}),
        ("audit_evidence", {"category": "C", "evidence": {"subject": True, "detail": "unclear", "datetime": True}}, {"outcome": "REVIEW"}, {}),
        ("audit_evidence", {"category": "A", "evidence": {}}, {"outcome": "INSUFFICIENT"}, {}),
        ("refdata", {"lookup": "field_by_code", "edition": "MAN-2019-10", "code": "CS"}, {"field": 2}, {}),
        ("refdata", {"lookup": "field_by_name", "name": "センターアーキテクト"}, {"field": 6}, {}),
        ("refdata", {"lookup": "field_of_competency", "code": "PE-1"}, {"field": None}, {}),
        ("refdata", {"lookup": "competency", "code": "XX-1"}, {"ja": None, "ja_source": None}, {}),
        ("refdata", {"lookup": "required_fields", "programme": "SV"}, {"fields": []}, {}),
        ("dual", {
            "cycles": {"OMP": {"start": "2024-04-01", "end": "2027-03-31"}},
            "activities": [{"id": "a", "category": "D", "date": "2024-06-01", "minutes": 60, "field": 4, "for": "CAP"}],
        }, {"OMP": {"total": 0, "renewal_ok": False}}, {"C15": "separate"}),
    ],
)  # fmt: skip
def test_edges_beyond_the_shared_cases(
    area: str, given: dict[str, object], expected: dict[str, object], policy: dict[str, object]
) -> None:
    found = verdict(area, given, expected, **policy)
    assert (found.error, found.differences) == ("", ())


@pytest.mark.parametrize(
    ("area", "given", "answer"),
    [
        ("audit_evidence", {"category": "A", "evidence": {"certificate": True}}, {"outcome": "SUFFICIENT"}),
        ("fee", {"tax_date": "2026-01-15"}, {"base": 10_000, "tax": 1_000, "total": 11_000}),
        ("application", {"programme": "SV", "received": {}}, {"state": "NOT_APPLICABLE", "missing": []}),
        ("legacy", {"initial_application_date": "2018-12-31", "report_issue_date": "2018-01-01"},
         {"legacy": True, "expiry": None, "renewal_opens": None, "renewal_closes": None}),
        ("renewal", {"expiry_date": "2027-03-31", "application_date": "2027-02-10", "credited_points": 29},
         {"result": "FAILS", "reasons": ["POINTS_LT_30"]}),
    ],
)  # fmt: skip
def test_an_answer_leaves_out_what_does_not_apply(
    area: str, given: dict[str, object], answer: dict[str, object]
) -> None:
    assert AREAS[area](CONKEN, Given(given)) == answer


def test_a_number_of_31_digits_is_taken_and_one_of_32_is_out_of_all_proportion() -> None:
    case = '[{"id": 1, "area": "points", "input": {"minutes": %s}, "expected": {}}]'
    assert read_cases(case % "1e30")[0].input == {"minutes": 10**30}
    assert read_cases(case % "1e-30")[0].input == {"minutes": Fraction(1, 10**30)}
    for number in ("1e31", "1e-31"):
        with pytest.raises(Malformed) as refused:
            read_cases(case % number)
        assert str(refused.value) == f"the number {number} is out of all proportion"
