"""Which editions are used on a day, and what the values of both rulebooks are."""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from nintei.rules.dates import report_use
from nintei.rules.edition import Per, Rounding, Start, Text, Unit, Window, WindowReckoning, YearKind
from nintei.rules.load import SHELF, RulebookError, load, rulebooks
from nintei.rules.load.bounds import years_touched
from nintei.rules.tests.shelf import HANDBOOK, ON, Shelf, borrow

CONKEN = load("conken", ON)
EXAMPLE = load("example", ON)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return borrow(tmp_path)


def test_the_package_brings_two_rulebooks() -> None:
    assert rulebooks() == ("conken", "example")


@pytest.mark.parametrize("rulebook", ["conken", "example"])
def test_its_files_say_what_the_edition_in_use_says(tmp_path: Path, rulebook: str) -> None:
    fresh = shutil.ignore_patterns("__pycache__")
    shutil.copytree(SHELF / rulebook, tmp_path / rulebook, ignore=fresh)
    assert load(rulebook, ON, tmp_path) == load(rulebook, ON)


def test_a_shelf_may_stand_elsewhere(shelf: Shelf) -> None:
    assert rulebooks(shelf.path) == ("example",)


def test_the_same_editions_are_read_once() -> None:
    assert load("conken", date(2027, 4, 1)) is load("conken", date(2026, 4, 1))
    assert load("conken", date(2024, 4, 1)) is load("conken", date(2023, 4, 1))


def test_the_newest_edition_in_force_is_used(shelf: Shelf) -> None:
    newer = (shelf.folder / HANDBOOK).read_text("utf-8").replace("handbook-2025", "handbook-2027")
    newer = newer.replace("value = 2025-01-01", "value = 2027-01-01").replace("value = 40", "value = 50")
    shelf.write(newer, "handbook-2027.toml")
    days = (date(2026, 12, 31), date(2027, 1, 1))
    assert [(shelf.load(day).id, shelf.load(day).points.required) for day in days] == [
        ("example:handbook-2025", Fraction(40)),
        ("example:handbook-2027", Fraction(50)),
    ]


def test_a_day_before_every_edition_uses_the_earliest_and_says_so() -> None:
    edition = load("conken", date(2019, 9, 30))
    assert edition.id == "conken:cpd-2026-01+manual-2019-10"
    assert edition.notes == (
        Text(
            "2026-01-01より前の版は手元にありません。CPDポイントの基本ルール(2026年1月版)を使っています。",
            "No edition before 2026-01-01 is at hand; "
            "Basic rules of CPD points (January 2026 edition) is used.",
        ),
        Text(
            "2019-10-01より前の版は手元にありません。認定申請マニュアル(2019年10月版)を使っています。",
            "No edition before 2019-10-01 is at hand; "
            "Certification application manual (October 2019 edition) is used.",
        ),
    )
    assert [
        len(load("conken", day).notes) for day in (date(2019, 10, 1), date(2025, 12, 31), date(2026, 1, 1))
    ] == [
        1,
        1,
        0,
    ]


def test_conken_counts_as_its_two_documents_say() -> None:
    points = CONKEN.points
    assert (points.step, points.required, points.carry_over, points.min_topics) == (
        Fraction(1, 2),
        Fraction(30),
        Fraction(0),
        0,
    )
    assert (points.rounding, points.year_kind, points.window) == (
        Rounding.FLOOR,
        YearKind.CYCLE_YEAR,
        Window.VALIDITY_TO_SUBMISSION,
    )
    assert [(cap.key, cap.categories, cap.topics, cap.per, cap.points) for cap in points.caps] == [
        (f"points.caps.{code}.per_{per}", frozenset(code), None, per, Fraction(most))
        for code in "BCD"
        for per, most in ((Per.YEAR, 5), (Per.CYCLE, 15))
    ]
    assert points.minimums == ()


def test_conken_has_the_tables_of_its_documents_in_full() -> None:
    assert list(CONKEN.categories) == ["A", "B", "C", "D"]
    assert {code: [kind.code for kind in each.kinds] for code, each in CONKEN.categories.items()} == {
        "A": [],
        "B": [],
        "C": ["C1", "C2", "C3"],
        "D": ["D1", "D2", "D3", "D4", "D5"],
    }
    assert [len(field.examples) for field in CONKEN.fields.values()] == [11, 5, 6, 12, 7, 7, 2]
    assert (len(CONKEN.areas), sum(len(area.items) for area in CONKEN.areas.values())) == (12, 107)
    assert {code: each.required_fields for code, each in CONKEN.qualifications.items() if each.certified} == {
        "CAP": ("6", "7"),
        "OMP": ("4", "5"),
    }
    assert [code for code, each in CONKEN.qualifications.items() if not each.certified] == ["SV", "OP", "EN"]
    assert [each.mark for each in CONKEN.procedure.criteria] == ["①", "②", "③", "④"]
    assert len(CONKEN.misprints) == 21


def test_conken_keeps_misprints_beside_their_corrections() -> None:
    item = next(each for each in CONKEN.areas["HR"].items if each.code == "HR-12")
    assert (item.printed, item.name.ja) == (
        "エンploy・エクスペリエンス(EX)",
        "エンプロイー・エクスペリエンス(EX)",
    )
    forecast = CONKEN.fields["4"].examples[0]
    assert (forecast.cite.quote, forecast.cite.correction, forecast.name.ja) == (
        "フォーカスト(業務量予測)業務",
        "フォーキャスト(業務量予測)業務",
        "フォーキャスト(業務量予測)業務",
    )
    bank = CONKEN.fees.bank
    assert (bank["name_printed"], bank["name"]) == ("三菱東京UFJ銀行", "三菱UFJ銀行")


def test_years_written_for_experience_become_months() -> None:
    experience = CONKEN.experience
    assert (experience.total_months, experience.required_months, experience.substitution_cap_months) == (
        60,
        24,
        24,
    )


def test_a_report_may_be_usable_for_a_number_of_months(tmp_path: Path) -> None:
    def written(name: str, table: str, old: str, new: str) -> Shelf:
        return borrow(tmp_path / name).change_in(table, f'value = {old}\nunit = "year"', f"value = {new}")

    report, years = "validity.report_years", "validity.years"
    with pytest.raises(RulebookError, match="must be a whole number of months, at least one"):
        written("a", report, "1", '"1.5"\nunit = "month"').load()
    with pytest.raises(
        RulebookError, match=r"validity\.years\.value: must be a whole number of years, not 5/2"
    ):
        written("b", years, "2", '30\nunit = "month"').load()
    edition = written("c", report, "1", '18\nunit = "month"').load()
    assert edition.validity.report_years == Fraction(3, 2)
    assert report_use(edition, date(2026, 1, 10), date(2026, 2, 1), "CPT").last_day == date(2027, 7, 9)


def test_an_installation_has_rulebooks_of_its_own(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.change('id = "example"', 'id = "nurses"', "rulebook.toml").folder.rename(shelf.path / "nurses")
    monkeypatch.setenv("NINTEI_RULEBOOKS", str(shelf.path))
    assert rulebooks() == ("conken", "example", "nurses")
    assert (load("nurses", ON).id, load("example", ON).id) == ("nurses:handbook-2025", EXAMPLE.id)
    with pytest.raises(RulebookError, match="doctors: there is no such rulebook"):
        load("doctors", ON)


def test_a_rule_stated_three_times_carries_all_its_clauses() -> None:
    assert [
        CONKEN.citations[key].clause for key in CONKEN.citations if key.startswith("validity.report_years")
    ] == [
        "MAN-イ.A1",
        "MAN-ウ①.※1",
        "MAN-エ.7",
    ]


def test_a_rule_carries_the_reading_of_each_of_its_ambiguities() -> None:
    cite = CONKEN.citations["points.caps.B.per_cycle"]
    assert cite.ambiguities == ("AMB-C2", "AMB-C20")
    assert cite.reading == Text(
        CONKEN.readings["AMB-C2"].reading.ja + CONKEN.readings["AMB-C20"].reading.ja,
        CONKEN.readings["AMB-C2"].reading.en + " " + CONKEN.readings["AMB-C20"].reading.en,
    )
    assert CONKEN.citations["categories.A"].reading is None


def test_a_rulebook_may_differ_in_every_choice_without_code() -> None:
    points, validity = EXAMPLE.points, EXAMPLE.validity
    assert (points.step, points.rounding, points.year_kind, points.window) == (
        Fraction(1, 4),
        Rounding.ROUND_HALF_UP,
        YearKind.CALENDAR_YEAR,
        Window.VALIDITY_FULL,
    )
    assert {code: (each.rate, each.unit) for code, each in EXAMPLE.categories.items()} == {
        "L": (2, Unit.HOUR),
        "W": (6, Unit.ITEM),
        "P": (Fraction(1, 2), Unit.HOUR),
        "E": (1, Unit.HOUR),
    }
    assert [(each.categories, each.topics, each.per, each.points) for each in points.minimums] == [
        (frozenset("LWPE"), frozenset("4"), Per.CYCLE, Fraction(2)),
        (frozenset("LE"), None, Per.YEAR, Fraction(3)),
    ]
    assert (points.min_topics, points.carry_over, points.shared_ledger) == (2, Fraction(5), False)
    assert (validity.start, validity.window_reckoning, validity.grace_days) == (
        Start.CERTIFICATION,
        WindowReckoning.LITERAL_DATES,
        90,
    )
    assert [(row.kind, row.from_day, row.base) for row in EXAMPLE.fees.prices] == [
        ("first", date(2025, 1, 1), 8000),
        ("first", date(2026, 1, 1), 9000),
        ("renewal", date(2025, 1, 1), 5000),
    ]
    assert (EXAMPLE.settings, EXAMPLE.validity.legacy_applied_until) == ({}, None)


def test_a_number_may_be_written_as_a_fraction(shelf: Shelf) -> None:
    shelf.change_in("points.step", 'value = "0.25"', 'value = "1/3"')
    assert shelf.load().points.step == Fraction(1, 3)


def test_a_rule_may_carry_a_reading_of_its_own(shelf: Shelf) -> None:
    words = 'source = "handbook-2025"\nreading = { ja = "本則", en = "as written" }'
    shelf.change_in("points.required", 'source = "handbook-2025"', words)
    assert shelf.load().points.cites["required"].reading == Text("本則", "as written")


def test_evidence_and_readings_may_be_left_out(shelf: Shelf) -> None:
    (shelf.folder / "readings.toml").unlink()
    shelf.change_in("points.window", 'ambiguities = ["AMB-X1"]', "")
    shelf.drop("categories.E.evidence.options.certificate").drop("categories.E.evidence")
    edition = shelf.load()
    assert (edition.readings, edition.categories["E"].evidence) == ({}, ())


def test_an_amount_may_be_the_choice_of_a_reading(shelf: Shelf) -> None:
    shelf.write(
        """
[readings.AMB-X2]
title = { ja = "猶予", en = "Grace" }
weight = "L"
reading = { ja = "90日", en = "90 days" }
decides = "validity.grace_days"
options.none = { name = { ja = "なし", en = "None" }, value = 0 }
options.some = { name = { ja = "あり", en = "Some" }, value = "*" }
""",
        "readings.toml",
    )
    assert shelf.load().readings["AMB-X2"].chosen == "some"
    assert CONKEN.readings["AMB-V9"].chosen == "lapse_next_day"


def test_several_options_may_be_chosen_together() -> None:
    assert CONKEN.readings["AMB-A1"].chosen == "online, post"


@pytest.mark.parametrize(
    ("table", "old", "new", "years"),
    [
        ("points.year_kind", "calendar_year", "calendar_year", 3),
        ("points.year_kind", "calendar_year", "cycle_year", 2),
        ("points.year_kind", "calendar_year", "fiscal_year", 3),
        ("validity.start", "certification", "next_fiscal_year", 2),
    ],
)
def test_a_cycle_is_fed_by_one_more_year_where_years_and_cycle_are_askew(
    shelf: Shelf, table: str, old: str, new: str, years: int
) -> None:
    shelf.change_in(table, f'value = "{old}"', f'value = "{new}"')
    edition = shelf.load()
    assert years_touched(edition.points, edition.validity) == years


def test_a_cycle_is_fed_by_one_more_year_where_activity_before_validity_counts(shelf: Shelf) -> None:
    (shelf.folder / "readings.toml").unlink()
    shelf.change_in("points.window", 'ambiguities = ["AMB-X1"]', "")
    shelf.change_in("points.window", "validity_full", "from_certification")
    edition = shelf.load()
    assert years_touched(edition.points, edition.validity) == 4


@pytest.mark.parametrize("month", range(1, 13))
def test_a_fiscal_year_may_begin_on_the_last_day_of_any_month(shelf: Shelf, month: int) -> None:
    last = (date(2025 + month // 12, month % 12 + 1, 1) - date.resolution).day
    shelf.change_in("validity.fiscal_year", "01-01", f"{month:02}-{last}")
    validity = shelf.load().validity
    assert (validity.fiscal_year_month, validity.fiscal_year_day) == (month, last)


def test_a_minimum_of_the_cycle_fits_under_a_cap_of_the_same_points(shelf: Shelf) -> None:
    shelf.change_in("points.minimums.ethics.per_cycle", '["L", "W", "P", "E"]', '["E"]')
    shelf.write(
        """
[points.caps.ethics.per_cycle]
categories = ["E"]
topics = ["4"]
points = 2
unit = "point"
source = "handbook-2025"
clause = "第15条"
quote = "2点以上"
"""
    )
    assert shelf.load().points.caps[-1].points == Fraction(2)
