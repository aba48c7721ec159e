"""A rulebook shown in full, and two compared key by key."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from nintei.rules.diff import Section, by_section, diff, ruled_by_both, share_a_document, told
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


def test_show_opens_each_section_after_a_blank_line() -> None:
    lines = show(CONKEN, "en").split("\n")
    assert lines[1:6] == [
        "", "[id]", f"  id = {CONKEN.id}", "", "[name]",
    ]  # fmt: skip
    place = lines.index("[points]")
    assert lines[place - 1 : place + 4] == [
        "", "[points]", "  points.step = 1/2", "      CPD-A.6b: 0.5単位で申請可能", "  points.rounding = floor",
    ]  # fmt: skip
    last = rows(CONKEN)[-1]
    assert lines[-2:] == [f"  {last.key} = {last.value}  [MAN-エ.4]", ""]


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


def test_differences_are_counted_by_section_and_side(tmp_path: Path) -> None:
    shelf = (
        borrow(tmp_path)
        .change_in("points.required", "value = 40", "value = 39")
        .write(
            '\n[unset.pledge_text]\nwhat = { ja = "宣誓文", en = "Pledge" }\n'
            'owner = { ja = "会", en = "Guild" }\n',
            "rulebook.toml",
        )
    )
    original, changed = load("example", ON), shelf.load()
    assert by_section(diff(original, changed)) == (Section("points", 1, 0, 0), Section("unset", 0, 0, 3))
    assert by_section(diff(changed, original)) == (Section("points", 1, 0, 0), Section("unset", 0, 3, 0))
    assert by_section(()) == ()


def test_what_both_rule_is_no_name_and_nothing_unset() -> None:
    found = ruled_by_both(diff(CONKEN, load("example", ON)))
    sections = dict.fromkeys(each.key.partition(".")[0] for each in found)
    assert list(sections) == ["points", "validity", "experience", "fees", "procedure"]
    assert all(each.left and each.right for each in found)
    assert told(found[0]) == "points.step\n  - 1/2  [CPD-A.6b]\n  + 1/4  [第8条]"


def test_two_editions_of_one_association_are_compared_key_by_key(tmp_path: Path) -> None:
    example = load("example", ON)
    newer = example._replace(documents=(example.documents[0]._replace(id="handbook-2030"),))
    adopted = example._replace(rulebook="another")
    assert share_a_document(example, newer)
    assert share_a_document(example, adopted)
    assert not share_a_document(example, newer._replace(rulebook="another"))
    assert not share_a_document(CONKEN, example)
