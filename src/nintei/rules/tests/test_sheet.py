"""A rulebook shown in full, and two compared key by key."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from nintei.rules.diff import diff, told
from nintei.rules.load import load
from nintei.rules.sheet import rows, show
from nintei.rules.tests.shelf import ON, borrow

CONKEN = load("conken", ON)


def test_every_key_is_shown_once() -> None:
    assert [key for key, times in Counter(row.key for row in rows(CONKEN)).items() if times > 1] == []


def test_every_citation_is_shown() -> None:
    assert {row.cite.key for row in rows(CONKEN) if row.cite} == CONKEN.citations.keys()


def test_a_value_is_shown_with_the_clause_it_rests_on() -> None:
    found = {row.key: (row.value, row.cite.clause) for row in rows(CONKEN) if row.cite}
    assert found["points.caps.B.per_year"] == ("5 per year: B", "CPD-B.5d")
    assert found["qualifications.OMP.required_fields"] == ("4, 5", "MAN-ウ②.※2a")
    assert found["fees.prices.first.2019-10-01.base"] == ("10000", "MAN-ウ④.1")
    assert found["categories.B.without_proof"] == ("C", "CPD-B.7")
    assert found["categories.A.evidence.2.shows"] == ("attendee, course, date", "CPD-A.7")
    assert found["words.categories.A.notes.no_cap"] == ("・CPDポイント申請上限なし", "CPD-A.6c")


def test_a_bound_over_topics_names_them() -> None:
    found = {row.key: row.value for row in rows(load("example", ON))}
    assert found["points.minimums.ethics.per_cycle"] == "2 per cycle: E, L, P, W (4)"


def test_show_begins_with_the_name_and_any_note_in_the_language_asked() -> None:
    early = load("conken", date(2025, 12, 31))
    assert show(early).splitlines()[:2] == [
        "conken:cpd-2026-01+manual-2019-10  コン検 プロフェッショナル資格認定",
        early.notes[0].ja,
    ]
    assert show(early, "en").splitlines()[:2] == [
        "conken:cpd-2026-01+manual-2019-10  Conken professional certification",
        early.notes[0].en,
    ]


def test_show_sets_the_words_under_the_values_that_rest_on_them() -> None:
    assert (
        "  fees.taxes.2019-10-01.rate = 1/10\n"
        "      MAN-ウ④.1: プロフェッショナル区分の認定審査手数料は11,000円"
        "（10,000円+消費税10%）です。\n  fees.refundable_after_acceptance = false\n"
    ) in show(CONKEN)


def test_a_rulebook_does_not_differ_from_itself() -> None:
    assert diff(CONKEN, CONKEN) == ()


def test_a_changed_value_is_the_only_difference_and_carries_both_clauses(tmp_path: Path) -> None:
    shelf = borrow(tmp_path).change_in("points.required", "value = 40", "value = 39")
    found = diff(load("example", ON), shelf.load())
    assert [told(each) for each in found] == ["points.required\n  - 40  [第7条]\n  + 39  [第7条]"]


def test_a_key_of_one_side_alone_is_a_difference(tmp_path: Path) -> None:
    shelf = borrow(tmp_path).write(
        '\n[unset.pledge_text]\nwhat = { ja = "宣誓文", en = "Pledge" }\n'
        'owner = { ja = "会", en = "Guild" }\n',
        "rulebook.toml",
    )
    original = load("example", ON)
    assert [told(each) for each in diff(original, shelf.load())] == [
        "unset.pledge_text.what\n  - (none)\n  + 宣誓文 / Pledge",
        "unset.pledge_text.owner\n  - (none)\n  + 会 / Guild",
        "unset.pledge_text.ambiguity\n  - (none)\n  + ",
    ]
    assert len(diff(shelf.load(), original)) == 3
