"""Every way in which a rulebook is refused: the file, the key and the reason, each in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from nintei.rules.load import RulebookError, load
from nintei.rules.tests.shelf import HANDBOOK, ON, Shelf, borrow


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return borrow(tmp_path)


def refusal(shelf: Shelf) -> tuple[str, str, str]:
    with pytest.raises(RulebookError) as caught:
        shelf.load()
    return caught.value.file, caught.value.key, caught.value.reason


EXACT = 'must be a whole number or an exact decimal as text ("0.5"), not negative, not '

UNKNOWN_BESIDE = (
    "is an unknown key; known here: also, ambiguities, clause, correction, quote, reading, source, "
)

# table, what is written, what is written instead, the key, the reason
VALUES = [
    ("points.required", "value = 40", "value = 40.0", "points.required.value",
     'is the float 40.0; write the exact decimal as text, "40.0"'),
    ("points.required", "value = 40", "value = true", "points.required.value", EXACT + "True"),
    ("points.required", "value = 40", "value = -40", "points.required.value", EXACT + "-40"),
    ("points.required", "value = 40", 'value = "forty"', "points.required.value", EXACT + "'forty'"),
    ("points.required", "value = 40", "", "points.required.value", "is missing"),
    ("points.required", 'unit = "point"', "", "points.required.unit", "is missing"),
    ("points.required", 'unit = "point"', 'unit = "hour"', "points.required.unit",
     "must be 'point', not 'hour'"),
    ("points.required", 'unit = "point"', 'unit = "point"\nuntil = 3', "points.required.until",
     UNKNOWN_BESIDE + "unit, value"),
    ("points.required", 'source = "handbook-2025"', "", "points.required",
     "needs the words it comes from: source is missing"),
    ("points.required", 'clause = "第7条"', "", "points.required",
     "needs the words it comes from: clause is missing"),
    ("points.required", 'quote = "更新には、有効期間のうちに40点が必要である。"', "", "points.required",
     "needs the words it comes from: quote is missing"),
    ("points.required", 'quote = "更新には、有効期間のうちに40点が必要である。"', 'quote = " "',
     "points.required.quote", "must not be empty"),
    ("points.required", 'source = "handbook-2025"', 'source = "hearsay"', "points.required.source",
     "'hearsay' is no document of this edition"),
    ("points.required", 'source = "handbook-2025"', 'source = "handbook-2025"\nalso = 3',
     "points.required.also",
     "must be a list of tables with source, clause and quote"),
    ("points.required", 'source = "handbook-2025"', 'source = "handbook-2025"\nalso = [3]',
     "points.required.also",
     "must be a list of tables with source, clause and quote"),
    ("points.required", 'source = "handbook-2025"',
     'source = "handbook-2025"\nalso = [{ source = "handbook-2025" }]',
     "points.required.also", "needs the words it comes from: clause is missing"),
    ("points.required", 'source = "handbook-2025"', 'source = "handbook-2025"\nambiguities = ["AMB-9"]',
     "points.required.ambiguities", "'AMB-9' is not in the readings of this rulebook"),
    ("points.required", 'source = "handbook-2025"', 'source = "handbook-2025"\nambiguities = [9]',
     "points.required.ambiguities", "must be a list of texts, not [9]"),
    ("points.required", 'source = "handbook-2025"', 'source = "handbook-2025"\nreading = "ours"',
     "points.required.reading", "must be a table, not 'ours'"),
    ("points.step", 'value = "0.25"', "value = 0", "points.step", "must be more than 0"),
    ("points.rounding", 'value = "round_half_up"', 'value = "up"', "points.rounding.value",
     "'up' is not an option that the kernel carries out; known: floor, refuse, round_half_up"),
    ("points.window", 'value = "validity_full"', 'value = "from_certification"', "points.window.value",
     "'from_certification' is no option of AMB-X1; known: validity_full, validity_to_submission"),
    ("points.shared_ledger", "value = false", 'value = "no"', "points.shared_ledger.value",
     "must be true or false, not 'no'"),
    ("points.min_topics", "value = 2", "value = 5", "points.min_topics",
     "asks 5 topics where there are only 4"),
    ("points.min_topics", "value = 2", 'value = "2"', "points.min_topics.value",
     "must be a whole number of at least 0, not '2'"),
    ("points.min_topics", "value = 2", "value = -2", "points.min_topics.value",
     "must be a whole number of at least 0, not -2"),
    ("points.caps.work.per_year", '"W", "P"', '"W", "Q"', "points.caps.work.per_year.categories",
     "'Q' is unknown; known: E, L, P, W"),
    ("points.caps.work.per_year", '"W", "P"', '"W", "W"', "points.caps.work.per_year.categories",
     "names the same thing twice"),
    ("points.caps.work.per_year", '"W", "P"', "", "points.caps.work.per_year.categories",
     "must name at least one"),
    ("points.minimums.ethics.per_cycle", 'topics = ["4"]', 'topics = ["5"]',
     "points.minimums.ethics.per_cycle.topics", "'5' is unknown; known: 1, 2, 3, 4"),
    ("categories.W.rate", 'unit = "item"', 'unit = "page"', "categories.W.rate.unit",
     "'page' is not an option that the kernel carries out; known: hour, item"),
    ("categories.W", 'name = { ja = "論文の発表", en = "Publishing a paper" }', 'name = "論文"',
     "categories.W.name",
     "must be a table, not '論文'"),
    ("categories.W", 'en = "Publishing a paper"', 'fr = "Publier"', "categories.W.name.en", "is missing"),
    ("validity.years", "value = 2", "value = 0", "validity.years.value", "must be at least 1"),
    ("validity.window_opens_months", "value = 2", "value = 0", "validity.window_opens_months",
     "the window must open before it closes"),
    ("validity.fiscal_year", 'starts = "01-01"', 'starts = "02-29"', "validity.fiscal_year.starts",
     "must be a day of every year such as 04-01, not '02-29'"),
    ("validity.fiscal_year", 'starts = "01-01"', 'starts = "04-31"', "validity.fiscal_year.starts",
     "must be a day of every year such as 04-01, not '04-31'"),
    ("validity.fiscal_year", 'starts = "01-01"', 'starts = "12-32"', "validity.fiscal_year.starts",
     "must be a day of every year such as 04-01, not '12-32'"),
    ("validity.fiscal_year", 'starts = "01-01"', 'starts = "01-00"', "validity.fiscal_year.starts",
     "must be a day of every year such as 04-01, not '01-00'"),
    ("validity.fiscal_year", 'starts = "01-01"', 'starts = "January"', "validity.fiscal_year.starts",
     "must be a day of every year such as 04-01, not 'January'"),
    ("experience.min_fields", "value = 1", "value = 5", "experience.min_fields",
     "asks 5 fields where there are only 4"),
    ("experience.required_months", "value = 6", "value = 25", "experience.required_months",
     "asks more months in a required field than in all"),
    ("fees.taxes.2019-10", 'rate = "0.10"', 'rate = "10"', "fees.taxes.2019-10.rate",
     "is a share of the price and must be less than 1, not 10"),
    ("fees.taxes.2019-10", 'rate = "0.10"', 'rate = "1"', "fees.taxes.2019-10.rate",
     "is a share of the price and must be less than 1, not 1"),
    ("fees.taxes.2019-10", "from = 2019-10-01", 'from = "2019-10-01"', "fees.taxes.2019-10.from",
     "must be a date such as 2019-10-01, not '2019-10-01'"),
    ("fees.taxes.2019-10", "from = 2019-10-01", "from = 2019-10-01T00:00:00", "fees.taxes.2019-10.from",
     "must be a date such as 2019-10-01, not datetime.datetime(2019, 10, 1, 0, 0)"),
    ("fees.prices.first-2026", "from = 2026-01-01", "from = 2025-01-01", "fees.prices",
     "two rows begin on the same day"),
    ("fees.prices.first-2026", "base = 9000", 'base = "9000"', "fees.prices.first-2026.base",
     "must be a whole number of at least 0, not '9000'"),
    ("qualifications.CPT.required_fields", '"1", "2"', '"1", "9"', "qualifications.CPT.required_fields.value",
     "'9' is no field of this rulebook"),
    ("areas.ET", 'topic = "4"', 'topic = "9"', "areas.ET.topic", "'9' is no field of this rulebook"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "key", "reason"), VALUES)
def test_it_refuses_a_value_with_its_file_key_and_reason(
    shelf: Shelf, table: str, old: str, new: str, key: str, reason: str
) -> None:
    shelf.change_in(table, old, new)
    assert refusal(shelf) == (HANDBOOK, key, reason)


def test_a_refusal_says_the_line(shelf: Shelf) -> None:
    shelf.change_in("points.required", "value = 40", "value = 40.0")
    lines = (shelf.folder / HANDBOOK).read_text("utf-8").splitlines()
    with pytest.raises(
        RulebookError, match=rf"^{HANDBOOK}:{lines.index('value = 40.0') + 1}: points.required.value: "
    ):
        shelf.load()


def test_it_refuses_caps_that_cross_and_names_the_lines_they_share(shelf: Shelf) -> None:
    shelf.change_in("points.caps.work.per_cycle", '"W", "P"', '"L", "P"')
    assert refusal(shelf) == (
        HANDBOOK,
        "points.caps.work.per_cycle",
        (
            "crosses points.caps.work.per_year: both hold the lines P, P/1, P/2, P/3, P/4, "
            "and neither lies inside the "
            "other; caps must be nested or apart, a yearly cap inside a cap of the cycle"
        ),
    )


def test_it_refuses_a_yearly_cap_around_a_cap_of_the_cycle(shelf: Shelf) -> None:
    shelf.change_in("points.caps.work.per_cycle", '"W", "P"', '"P"')
    assert refusal(shelf)[1] == "points.caps.work.per_cycle"


def test_it_refuses_caps_that_cross_in_topics_alone(shelf: Shelf) -> None:
    shelf.change_in(
        "points.caps.practice.per_year", 'categories = ["P"]', 'categories = ["P", "E"]\ntopics = ["1"]'
    )
    assert refusal(shelf) == (
        HANDBOOK,
        "points.caps.work.per_year",
        (
            "crosses points.caps.practice.per_year: both hold the lines P/1, "
            "and neither lies inside the other; caps must "
            "be nested or apart, a yearly cap inside a cap of the cycle"
        ),
    )


def test_it_takes_caps_that_lie_apart(shelf: Shelf) -> None:
    shelf.change_in("points.caps.practice.per_year", '"P"', '"E"')
    assert [cap.key for cap in shelf.load().points.caps] == [
        "points.caps.practice.per_year",
        "points.caps.work.per_year",
        "points.caps.work.per_cycle",
    ]


def test_it_refuses_a_minimum_of_the_cycle_that_the_caps_keep_out_of_reach(shelf: Shelf) -> None:
    shelf.change_in("points.minimums.ethics.per_cycle", '["L", "W", "P", "E"]', '["P"]')
    shelf.change_in("points.minimums.ethics.per_cycle", "points = 2", "points = 19")
    assert refusal(shelf) == (
        HANDBOOK,
        "points.minimums.ethics.per_cycle",
        "asks 19 points where the caps allow 18 at most",
    )


def test_it_refuses_a_minimum_of_a_year_that_the_caps_keep_out_of_reach(shelf: Shelf) -> None:
    shelf.change_in("points.minimums.learning.per_year", '"L", "E"', '"W", "P"')
    shelf.change_in("points.minimums.learning.per_year", "points = 3", 'points = "12.5"')
    assert refusal(shelf) == (
        HANDBOOK,
        "points.minimums.learning.per_year",
        "asks 25/2 points where the caps allow 12 at most",
    )


def test_it_refuses_a_total_that_the_caps_keep_out_of_reach(shelf: Shelf) -> None:
    shelf.change_in("points.caps.work.per_cycle", '"W", "P"', '"L", "W", "P", "E"')
    assert refusal(shelf) == (HANDBOOK, "points.required", "asks 40 points where the caps allow 30 at most")


def test_it_refuses_minimums_that_do_not_fit_under_one_cap_together(shelf: Shelf) -> None:
    shelf.change_in("points.required", "value = 40", "value = 30")
    shelf.write(
        """
[points.caps.learning.per_cycle]
categories = ["L", "E"]
points = 5
unit = "point"
source = "handbook-2025"
clause = "第16条"
quote = "3点以上"
"""
    )
    assert refusal(shelf) == (
        HANDBOOK,
        "points.caps.learning.per_cycle",
        "allows 5 points where points.minimums.learning.per_year ask 6",
    )


def test_it_refuses_a_fallback_to_no_category(shelf: Shelf) -> None:
    shelf.write(
        """
[categories.L.without_proof]
value = "Z"
source = "handbook-2025"
clause = "第9条"
quote = "講習"
"""
    )
    assert refusal(shelf) == (
        HANDBOOK,
        "categories.L.without_proof.value",
        "'Z' is no category of this rulebook",
    )


def test_it_refuses_a_setting_that_nothing_reads(shelf: Shelf) -> None:
    shelf.write('\n[settings.colour]\nvalue = "red"\n')
    file, key, reason = refusal(shelf)
    assert (file, key, reason.partition(";")[0]) == (HANDBOOK, "settings.colour", "is an unknown key")


def test_it_refuses_a_setting_that_the_kernel_does_not_carry_out(shelf: Shelf) -> None:
    shelf.write(
        '\n[settings.channels]\nvalue = ["online", "pigeon"]\n'
        'source = "handbook-2025"\nclause = "第29条"\nquote = "送る"\n'
    )
    assert refusal(shelf) == (
        HANDBOOK,
        "settings.channels.value",
        "the kernel does not carry out 'pigeon'; it carries out: online, post",
    )


def test_it_refuses_a_table_that_nobody_reads(shelf: Shelf) -> None:
    shelf.write("\n[penalties]\nfine = 3\n")
    file, key, reason = refusal(shelf)
    assert (file, key, reason.partition(";")[0]) == (HANDBOOK, "penalties", "is an unknown key")


def test_it_refuses_a_field_that_no_document_prints(shelf: Shelf) -> None:
    shelf.drop("fields.4.printed.handbook-2025")
    assert refusal(shelf) == (
        HANDBOOK,
        "fields.4.printed",
        "needs the words it comes from: no document prints it",
    )


def test_it_refuses_a_key_written_in_two_files_and_names_both(shelf: Shelf) -> None:
    shelf.write("[points.required]\nvalue = 30\n", "handbook-2025.more.toml")
    assert refusal(shelf) == (
        HANDBOOK,
        "points.required.value",
        "is already written in handbook-2025.more.toml:2",
    )


def test_it_refuses_a_file_that_is_not_toml(shelf: Shelf) -> None:
    shelf.write("\n[points.required]\n")
    file, key, reason = refusal(shelf)
    assert (file, key) == (HANDBOOK, "(the whole file)")
    assert reason.startswith("is not TOML: Cannot declare ('points', 'required') twice")


def test_it_refuses_a_file_of_no_document(shelf: Shelf) -> None:
    shelf.write("[points]\n", "appendix-2024.toml")
    assert refusal(shelf) == (
        "appendix-2024.toml",
        "appendix-2024",
        "the file's name begins with no document's id",
    )


def test_it_refuses_a_document_whose_id_is_not_its_file(shelf: Shelf) -> None:
    shelf.change('id = "handbook-2025"', 'id = "handbook-2024"')
    assert refusal(shelf) == (HANDBOOK, "document.id", "must be the file's name, 'handbook-2025'")


def test_it_refuses_a_rulebook_without_a_document(shelf: Shelf) -> None:
    (shelf.folder / HANDBOOK).unlink()
    assert refusal(shelf) == ("rulebook.toml", "example", "the rulebook has no document")


def test_it_refuses_a_rulebook_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"^rulebook.toml: missing: there is no such rulebook$"):
        load("missing", ON, tmp_path)


def test_it_refuses_a_rulebook_under_another_name(shelf: Shelf) -> None:
    shelf.change('id = "example"', 'id = "conken"', "rulebook.toml")
    assert refusal(shelf) == ("rulebook.toml", "rulebook.id", "must be the folder's name, 'example'")


READINGS = [
    ('weight = "M"', 'weight = "XL"', "readings.AMB-X1.weight", "must be H, M or L, not 'XL'"),
    ('weight = "M"', 'weight = "M"\nchosen = "later"', "readings.AMB-X1.chosen",
     "'later' is no option of this reading"),
    ('weight = "M"', 'weight = "M"\nchosen = "validity_full"', "readings.AMB-X1",
     "options need either `chosen` or the key that `decides`"),
    ('decides = "points.window"', 'decides = "points.wind"', "readings.AMB-X1.decides",
     "points.wind is no rule here"),
    ('decides = "points.window"', 'decides = "points.caps"', "readings.AMB-X1.decides",
     "points.caps is no rule here"),
    ('decides = "points.window"', 'decides = "points.step.value.x"', "readings.AMB-X1.decides",
     "points.step.value.x is no rule here"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "reason"), READINGS)
def test_it_refuses_a_reading(shelf: Shelf, old: str, new: str, key: str, reason: str) -> None:
    shelf.change_in("readings.AMB-X1", old, new, "readings.toml")
    assert refusal(shelf) == ("readings.toml", key, reason)


def test_it_refuses_one_of_several_choices_that_is_no_option(shelf: Shelf) -> None:
    shelf.change_in("readings.AMB-X1", "points.window", "qualifications.CPT.required_fields", "readings.toml")
    assert refusal(shelf) == (
        HANDBOOK,
        "qualifications.CPT.required_fields.value",
        "'1' is no option of AMB-X1",
    )


def test_it_refuses_an_unset_value_with_an_unknown_reading(shelf: Shelf) -> None:
    shelf.write('ambiguity = "AMB-9"\n', "rulebook.toml")
    assert refusal(shelf) == (
        "rulebook.toml",
        "unset.audit_rate.ambiguity",
        "'AMB-9' is not in the readings of this rulebook",
    )


def test_it_refuses_a_misprint_of_no_known_kind(shelf: Shelf) -> None:
    shelf.write(
        '\n[misprints.ERR-1]\nsource = "handbook-2025"\n'
        'printed = "x"\nkept_as = "y"\nwhy = "z"\nkind = "joke"\n',
        "rulebook.toml",
    )
    assert refusal(shelf) == (
        "rulebook.toml",
        "misprints.ERR-1.kind",
        "must be one of misprint, outdated, differs, duplicate, undefined, lost",
    )


MANUALS = Path(__file__).parents[4] / "docs" / "manual"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_manual_shows_a_table_and_a_refusal_as_they_are(shelf: Shelf, language: str) -> None:
    page = (MANUALS / language / "operator" / "rulebook.md").read_text("utf-8")
    table = page.partition("```toml\n")[2].partition("```")[0]
    assert table in (shelf.folder / HANDBOOK).read_text("utf-8")
    shelf.change_in("points.required", "value = 40", "value = 40.0")
    with pytest.raises(RulebookError) as caught:
        shelf.load()
    assert f"\n{caught.value}\n" in page
