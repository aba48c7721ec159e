"""What lint finds in each rulebook, and that it computes it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from nintei.rules.edition import Edition, WindowReckoning
from nintei.rules.lint import LintFinding, lint
from nintei.rules.load import load
from nintei.rules.tests.shelf import ON, Shelf, borrow

CONKEN = load("conken", ON)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return borrow(tmp_path)


def found(edition: Edition, code: str) -> list[LintFinding]:
    return [each for each in lint(edition) if each.code == code]


def told(edition: Edition, code: str) -> list[tuple[str, str]]:
    return [(each.key, each.text.en) for each in found(edition, code)]


def clauses(finding: LintFinding) -> list[str]:
    return [cite.clause for cite in finding.citations]


def test_the_cap_of_15_can_never_bind_when_three_years_of_5_feed_a_cycle() -> None:
    assert told(CONKEN, "cap_never_binds") == [
        (
            f"points.caps.{code}.per_cycle",
            (
                "The cap of 15 can never bind: a cycle spans 3 years (cycle_year), and the other caps "
                f"(points.caps.{code}.per_year = 5) already allow 15 at most."
            ),
        )
        for code in "BCD"
    ]
    assert clauses(found(CONKEN, "cap_never_binds")[0]) == ["CPD-B.5c", "CPD-B.5d"]


def test_a_cap_of_the_cycle_binds_when_one_more_year_feeds_it(shelf: Shelf) -> None:
    assert told(shelf.load(), "cap_never_binds") == []


def test_a_cap_of_the_cycle_never_binds_when_only_its_own_years_feed_it(shelf: Shelf) -> None:
    shelf.change_in("points.year_kind", "calendar_year", "cycle_year")
    assert told(shelf.load(), "cap_never_binds") == [
        (
            "points.caps.work.per_cycle",
            (
                "The cap of 30 can never bind: a cycle spans 2 years (cycle_year), and the other caps "
                "(points.caps.practice.per_year = 6, points.caps.work.per_year = 12) "
                "already allow 24 at most."
            ),
        )
    ]


def test_a_yearly_cap_never_binds_under_a_smaller_one_around_it(shelf: Shelf) -> None:
    shelf.change_in("points.caps.practice.per_year", "points = 6", "points = 13")
    assert [key for key, _ in told(shelf.load(), "cap_never_binds")] == ["points.caps.practice.per_year"]


def test_the_days_between_filing_and_expiry_count_in_no_cycle() -> None:
    assert told(CONKEN, "days_no_cycle_counts") == [
        ("points.window", "Activity in the 31–90 days between filing and expiry counts in no cycle.")
    ]
    assert clauses(found(CONKEN, "days_no_cycle_counts")[0]) == ["CPD-1.4", "MAN-イ.C3"]


def test_no_day_is_lost_where_the_whole_validity_counts(shelf: Shelf) -> None:
    assert told(shelf.load(), "days_no_cycle_counts") == []


def test_no_day_is_lost_where_points_are_carried_over(shelf: Shelf) -> None:
    shelf.change_in("points.window", "validity_full", "validity_to_submission")
    assert told(shelf.load(), "days_no_cycle_counts") == []


def test_the_lost_days_are_counted_for_every_day_on_which_a_validity_can_end(shelf: Shelf) -> None:
    shelf.change_in("points.window", "validity_full", "validity_to_submission")
    shelf.change_in("points.carry_over", "value = 5", "value = 0")
    assert told(shelf.load(), "days_no_cycle_counts") == [
        ("points.window", "Activity in the 0–62 days between filing and expiry counts in no cycle.")
    ]


def test_ca_is_used_for_two_fields_and_defined_for_none() -> None:
    assert told(CONKEN, "code_without_definition") == [
        ("fields.1", "(CA) is used for 2 field(s) (1, 6) and defined for none."),
        ("fields.2", "(CS) is used for 1 field(s) (2) and defined for none."),
    ]
    assert clauses(found(CONKEN, "code_without_definition")[0]) == ["CPD-F1.0", "CPD-F6.0"]


def test_op_is_a_qualification_and_an_area() -> None:
    assert told(CONKEN, "code_of_two_kinds") == [
        ("qualifications.OP", "OP is the code of a qualification and of a competency area.")
    ]


def test_ic_6_and_ic_10_share_a_name() -> None:
    assert told(CONKEN, "shared_name") == [
        ("areas.IC.items.IC-6", "IC-6 and IC-10 share the name ITサービスマネジメント.")
    ]


def test_the_two_editions_print_fields_2_and_6_differently() -> None:
    assert told(CONKEN, "documents_differ") == [
        (
            "fields.1",
            (
                "The documents print field 1 differently: cpd-2026-01 コンタクトセンター戦略 (ST, CA, AU) / "
                "manual-2019-10 コンタクトセンター戦略 (ST)"
            ),
        ),
        (
            "fields.2",
            (
                "The documents print field 2 differently: cpd-2026-01 カスタマーサービス (SM, CX) / "
                "manual-2019-10 カスタマーサービス (CS)"
            ),
        ),
        (
            "fields.6",
            (
                "The documents print field 6 differently: "
                "cpd-2026-01 コンタクトセンター アーキテクチャ (CA) / "
                "manual-2019-10 センターアーキテクト (AR)"
            ),
        ),
    ]


def test_the_name_of_the_bank_is_outdated() -> None:
    assert [
        (each.key, each.level, each.text.ja, clauses(each)) for each in found(CONKEN, "source_outdated")
    ] == [
        (
            "fees.bank",
            "warning",
            "ERR-13 古くなった記載: 三菱東京UFJ銀行 新宿中央支店 → 三菱UFJ銀行 新宿中央支店",
            ["MAN-ウ④.4"],
        )
    ]


def test_every_unset_value_misprint_and_open_reading_is_found() -> None:
    counts = Counter(each.code for each in lint(CONKEN))
    assert counts["unset"] == len(CONKEN.unset) == 22
    assert counts["open_reading"] == len(CONKEN.readings) == 70
    assert sum(counts[code] for code in counts if code.startswith("source_")) == len(CONKEN.misprints) == 21


def test_a_heavy_reading_is_a_warning_and_names_the_key_that_decides_it() -> None:
    levels = {each.text.en.split()[0]: (each.level, each.key) for each in found(CONKEN, "open_reading")}
    assert (levels["AMB-C1"], levels["AMB-C2"], levels["AMB-C5"]) == (
        ("warning", "points.year_kind"),
        ("warning", "readings.AMB-C2"),
        ("note", "points.rounding"),
    )


def test_an_edition_used_before_its_day_is_noted() -> None:
    early = load("conken", date(2025, 12, 31))
    assert [each.text for each in found(early, "edition_used_early")] == list(early.notes)
    assert len(early.notes) == 1


def test_a_misprint_of_no_key_stands_under_its_own(shelf: Shelf) -> None:
    shelf.write(
        '\n[misprints.ERR-1]\nsource = "handbook-2025"\n'
        'printed = "x"\nkept_as = "y"\nwhy = "z"\nkind = "lost"\n',
        "rulebook.toml",
    )
    assert [(each.key, each.text.en, each.citations) for each in found(shelf.load(), "source_lost")] == [
        ("misprints.ERR-1", "ERR-1 Lost from the text: x → y (z)", ())
    ]


def test_the_example_has_findings_of_its_own_only() -> None:
    assert [(each.code, each.key) for each in lint(load("example", ON))] == [
        ("unset", "unset.audit_rate"),
        ("open_reading", "points.window"),
    ]


@pytest.mark.parametrize(("month", "day", "days"), [(4, 1, "31–91"), (3, 1, "31–92"), (3, 2, "28–91")])
def test_the_days_no_cycle_counts_are_those_before_the_fiscal_year(month: int, day: int, days: str) -> None:
    """By same-number dates: 31 March is 31 days after 28 February, 1 March 28 after 1 February."""
    validity = CONKEN.validity._replace(
        fiscal_year_month=month, fiscal_year_day=day, window_reckoning=WindowReckoning.LITERAL_DATES
    )
    assert told(CONKEN._replace(validity=validity), "days_no_cycle_counts") == [
        ("points.window", f"Activity in the {days} days between filing and expiry counts in no cycle.")
    ]


def test_an_edition_used_before_its_first_day_is_noted() -> None:
    early = load("conken", date(2025, 12, 31))
    assert found(early, "edition_used_early") == [
        LintFinding("edition_used_early", "documents", "note", early.notes[0], ())
    ]
    assert found(CONKEN, "edition_used_early") == []
