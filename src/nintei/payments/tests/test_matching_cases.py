"""The shared conformance cases of payments."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nintei.payments.cases import AREAS
from nintei.rules.conformance import Case, read_cases, run
from nintei.rules.load import load

CONKEN = load("conken", date(2026, 11, 24))
SHARED = Path(__file__).parents[4].parent / "shared" / "conformance" / "cases.json"
WAITING = {
    "id": "AP1",
    "person": "P1",
    "pass_number": "2025000123",
    "name_kana": "コンケン タロウ",
    "programme": "OMP",
}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared conformance cases are not beside this repository")
def test_every_shared_case_of_payments_passes() -> None:
    cases = [each for each in read_cases(SHARED.read_text(encoding="utf-8")) if each.area in AREAS]
    assert len(cases) > 30
    assert [each.case.id for each in (run(each, CONKEN, AREAS) for each in cases) if not each.passed] == []


def test_a_bulk_agreement_may_name_its_own_total() -> None:
    agreed = {"payer_name": "カ）サンプル", "applications": ["AP1"], "total": 10_000}
    given: dict[str, object] = {
        "open_applications": [WAITING],
        "deposit": {"payer_name": "ｶ)ｻﾝﾌﾟﾙ", "amount": 10_000},
        "bulk_agreements": [agreed],
    }
    assert run(Case("T", "payment", {}, given, {"reason": "BULK"}), CONKEN, AREAS).passed


def test_an_unknown_programme_is_an_error() -> None:
    given: dict[str, object] = {
        "open_applications": [{**WAITING, "programme": "X"}],
        "deposit": {"payer_name": "", "amount": 1},
    }
    assert run(Case("T", "payment", {}, given, {}), CONKEN, AREAS).error == "Malformed: unknown programme 'X'"
