"""Every quote stands letter for letter in its document, and every clause is accounted for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from nintei.rules.edition import Edition
from nintei.rules.load import SHELF, load
from nintei.rules.readings import agenda, clause_register
from nintei.rules.tests.shelf import ON

REPOSITORY = Path(__file__).parents[4]
SHARED = REPOSITORY.parent / "shared"
CONKEN = load("conken", ON)

needs_sources = pytest.mark.skipif(
    not (SHARED / "sources").is_dir(),
    reason="the two documents are not beside the repository (../shared/sources)",
)
needs_register = pytest.mark.skipif(
    not (SHARED / "domain" / "clauses.json").is_file(),
    reason="the register of clauses is not beside the repository (../shared/domain/clauses.json)",
)


def bare(text: str) -> str:
    """A text without white space and without the marks of Markdown and HTML that the sources carry."""
    return re.sub(r"\s|\*\*|</?[a-z][^>]*>", "", text)


def missing(edition: Edition, texts: dict[str, str]) -> list[str]:
    """The keys whose quote does not stand in its document."""
    folded = {source: bare(text) for source, text in texts.items()}
    return [key for key, cite in edition.citations.items() if bare(cite.quote) not in folded[cite.source]]


@needs_sources
def test_every_quote_of_conken_stands_letter_for_letter_in_its_document() -> None:
    texts = {each.id: (SHARED / "sources" / f"{each.id}.txt").read_text("utf-8") for each in CONKEN.documents}
    assert missing(CONKEN, texts) == []
    assert len(CONKEN.citations) > 391


def test_every_quote_of_the_example_stands_letter_for_letter_in_its_text() -> None:
    example = load("example", ON)
    text = (SHELF / "example" / "source.txt").read_text("utf-8")
    assert missing(example, {"handbook-2025": text}) == []
    assert missing(example, {"handbook-2025": text.replace("40点が必要", "30点が必要")}) == [
        "points.required"
    ]


@needs_register
def test_every_clause_is_cited_with_the_words_of_the_register() -> None:
    register = json.loads((SHARED / "domain" / "clauses.json").read_text("utf-8"))
    words = {each["id"]: bare(each.get("quote_raw") or each["quote"]) for each in register}
    cited = {cite.clause: bare(cite.quote) for cite in CONKEN.citations.values()}
    assert cited == words


@needs_register
def test_only_headings_bind_no_key() -> None:
    register = json.loads((SHARED / "domain" / "clauses.json").read_text("utf-8"))
    headings = {each["id"] for each in register if each.get("heading")}
    assert {each.clause for each in CONKEN.headings} == headings
    bound = {cite.clause for key, cite in CONKEN.citations.items() if not key.startswith("headings.")}
    assert bound == {each["id"] for each in register} - headings


@needs_register
def test_every_open_reading_has_the_options_and_the_default_of_the_analysis() -> None:
    found = json.loads((SHARED / "domain" / "readings.json").read_text("utf-8"))
    expected = {each["ambiguity"] for each in found["switches"]} | {
        each["ambiguity"] for each in found["parameters"]
    }
    assert expected - CONKEN.readings.keys() == set()
    for switch in found["switches"]:
        if switch["key"] == "E8":  # Two questions in one; the rulebook asks them one by one.
            continue
        reading = CONKEN.readings[switch["ambiguity"]]
        options = [option.split(":")[0] for option in switch["options"]]
        assert [option.code for option in reading.options] == options
        assert reading.chosen.replace(", ", " + ") == switch["default"]
    asked = [CONKEN.readings["AMB-E8.self"], CONKEN.readings["AMB-E8"]]
    assert [reading.chosen for reading in asked] == ["self_refused", "review_other_org"]


def test_every_ambiguity_that_a_key_names_is_in_the_agenda_and_every_reading_is_used() -> None:
    named = {each for cite in CONKEN.citations.values() for each in cite.ambiguities}
    named |= {each.ambiguity for each in CONKEN.unset.values() if each.ambiguity}
    assert named == CONKEN.readings.keys()


def test_every_misprint_names_a_key_of_the_rulebook() -> None:
    assert [each.id for each in CONKEN.misprints if each.key not in CONKEN.citations] == []


def test_the_agenda_in_the_docs_is_fresh() -> None:
    """If this fails: nintei rulebook readings > docs/readings.md"""
    assert (REPOSITORY / "docs" / "readings.md").read_text("utf-8") == agenda(CONKEN)


def test_the_register_of_clauses_in_the_docs_is_fresh() -> None:
    """If this fails: nintei rulebook clauses > docs/clauses.md"""
    assert (REPOSITORY / "docs" / "clauses.md").read_text("utf-8") == clause_register(CONKEN)


def test_the_agenda_shows_every_question_option_and_unset_value() -> None:
    page = agenda(CONKEN)
    for reading in CONKEN.readings.values():
        assert f"\n### {reading.id} {reading.title.ja}\n\n{reading.title.en}\n" in page
        for option in reading.options:
            mark = "x" if option.code in reading.chosen.split(", ") else " "
            assert f"\n- [{mark}] `{option.code}` {option.name.ja} / {option.name.en}\n" in page
    for unset in CONKEN.unset.values():
        assert f"\n| `{unset.key}` | {unset.what.ja} | {unset.what.en} |" in page


def test_an_agenda_has_no_heading_for_a_weight_without_questions() -> None:
    page = agenda(load("example", ON))
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## 資格または金額にかかわるもの / Some effect",
        "## 文書にない事項 / What the documents do not say",
    ]


def test_a_question_on_which_no_rule_depends_says_so() -> None:
    alone = CONKEN.readings["AMB-V7"]._replace(id="AMB-X", decides="", clauses=())
    page = agenda(CONKEN._replace(readings={"AMB-X": alone})).splitlines()
    assert "> (条文なし / no clause)" in page
    assert "依る規則 / what depends on it: (なし / none)" in page
