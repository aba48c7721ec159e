"""Look-ups: numbers decide, names are aliases, and what is open stays open."""

from __future__ import annotations

from datetime import date

import pytest

from nintei.rules.load import load
from nintei.rules.refdata import (
    Counts,
    FieldFound,
    competencies_by_name,
    competency,
    counts,
    field_by_code,
    field_by_name,
    field_of_competency,
    meanings,
    qualification_by_name,
)

CONKEN = load("conken", date(2026, 11, 24))
FIELDS = CONKEN.fields


@pytest.mark.parametrize(
    ("name", "document", "key"),
    [
        ("センターアーキテクト", "manual-2019-10", "6"),
        ("コンタクトセンター情報通信システム", None, "7"),
        ("ＩＣＴマネジメント", None, "7"),
        ("ヒューマンリソースマネジメント", "cpd-2026-01", "5"),
        ("crm", None, "3"),
        ("operation", None, "4"),
        ("存在しない分野", None, None),
    ],
)
def test_a_field_is_found_by_any_of_its_names(name: str, document: str | None, key: str | None) -> None:
    assert field_by_name(CONKEN, name, document) == (None if key is None else FIELDS[key])


@pytest.mark.parametrize(
    ("code", "document", "found"),
    [
        ("SM", "cpd-2026-01", FieldFound(FIELDS["2"])),
        ("CX", None, FieldFound(FIELDS["2"])),
        ("CS", "manual-2019-10", FieldFound(FIELDS["2"])),
        ("CS", "cpd-2026-01", FieldFound(None)),
        ("CA", "cpd-2026-01", FieldFound(None, (FIELDS["1"], FIELDS["6"]))),
        ("AR", "manual-2019-10", FieldFound(FIELDS["6"])),
        ("AR", "cpd-2026-01", FieldFound(FIELDS["6"])),
        ("SM", "manual-2019-10", FieldFound(None)),
        ("PE", None, FieldFound(None)),
        ("XX", None, FieldFound(None)),
    ],
)
def test_a_code_names_a_field_only_where_it_is_certain(
    code: str, document: str | None, found: FieldFound
) -> None:
    assert field_by_code(CONKEN, code, document) == found


def test_a_code_two_fields_share_in_any_document_is_left_open() -> None:
    assert field_by_code(CONKEN, "CA").candidates == (FIELDS["1"], FIELDS["6"])


@pytest.mark.parametrize(("code", "key"), [("AR-3", "6"), ("AR", "6"), ("HR-12", "5"), ("AU-1", "1")])
def test_a_competency_belongs_to_the_field_of_its_area(code: str, key: str) -> None:
    assert field_of_competency(CONKEN, code) == FIELDS[key]


@pytest.mark.parametrize("code", ["PE-1", "PC", "PA-1", "ZZ-9"])
def test_general_competencies_belong_to_no_field(code: str) -> None:
    assert field_of_competency(CONKEN, code) is None


def test_a_corrected_item_keeps_what_was_printed() -> None:
    found = competency(CONKEN, "HR-12")
    assert found is not None
    assert (found.name.ja, found.printed) == (
        "エンプロイー・エクスペリエンス(EX)",
        "エンploy・エクスペリエンス(EX)",
    )
    assert competency(CONKEN, "HR-99") is None


def test_a_name_two_items_share_gives_both() -> None:
    assert [each.code for each in competencies_by_name(CONKEN, "ITサービスマネジメント")] == ["IC-6", "IC-10"]
    assert [each.code for each in competencies_by_name(CONKEN, "エンploy・エクスペリエンス(EX)")] == ["HR-12"]
    assert competencies_by_name(CONKEN, "ない項目") == ()


def test_one_code_can_mean_three_things() -> None:
    found = meanings(CONKEN, "OP")
    assert (found.qualification, found.field, found.area) == (
        CONKEN.qualifications["OP"], FIELDS["4"], CONKEN.areas["OP"],
    )  # fmt: skip
    only = meanings(CONKEN, "SV")
    assert (only.qualification, only.field, only.area) == (CONKEN.qualifications["SV"], None, None)


def test_a_qualification_is_found_by_code_or_name() -> None:
    omp = CONKEN.qualifications["OMP"]
    assert [qualification_by_name(CONKEN, name) for name in ("omp", "オペレーションマネジメント", "x")] == [
        omp,
        omp,
        None,
    ]


def test_the_reference_data_is_complete() -> None:
    assert counts(CONKEN) == Counts(fields=7, examples=50, areas=12, items=107)


def test_a_name_that_one_document_prints_is_no_name_in_the_other() -> None:
    plain = CONKEN._replace(fields={**FIELDS, "6": FIELDS["6"]._replace(aliases=())})
    asked = [
        field_by_name(plain, "センターアーキテクト", each) for each in (None, "manual-2019-10", "cpd-2026-01")
    ]
    assert [each and each.key for each in asked] == ["6", "6", None]
