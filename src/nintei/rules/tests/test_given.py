"""The input of a case, read key by key: numbers in every usual form, and nothing unknown that matters."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction

import pytest

from nintei.rules.conformance.given import Given, Malformed


@pytest.mark.parametrize(
    ("key", "value", "read", "wanted"),
    [
        ("minutes", 60, Given.count, 60),
        ("minutes", Fraction(60), Given.count, 60),
        ("points", 30, Given.number, 30),
        ("points", Fraction(59, 2), Given.number, Fraction(59, 2)),
        ("points", "29.5", Given.number, Fraction(59, 2)),
        ("points", "-1", Given.number, -1),
        ("field", 4, Given.code, "4"),
        ("field", Fraction(4), Given.code, "4"),
        ("field", "4", Given.code, "4"),
    ],
)
def test_a_number_may_be_written_in_more_than_one_way(
    key: str, value: object, read: Callable[[Given, str], object], wanted: object
) -> None:
    given = Given({key: value})
    found = read(given, key)
    assert (found, type(found) is Fraction) == (wanted, read is Given.number)
    given.end()


@pytest.mark.parametrize(
    ("read", "value", "message"),
    [
        (Given.count, Fraction(1, 2), "'k' of input is not a int: Fraction(1, 2)"),
        (Given.count, "60", "'k' of input is not a int: '60'"),
        (Given.count, None, "'k' of input is not a int: None"),
        (Given.number, True, "'k' of input is not a int: True"),
        (Given.number, "1e5", "'k' is no number: '1e5'"),
        (Given.number, "1/2", "'k' is no number: '1/2'"),
        (Given.number, "１", "'k' is no number: '１'"),
        (Given.code, True, "'k' of input is not a int: True"),
        (Given.code, [4], "'k' of input is not a int: [4]"),
    ],
)
def test_what_is_no_number_is_said_to_be_none(
    read: Callable[[Given, str], object], value: object, message: str
) -> None:
    with pytest.raises(Malformed) as refused:
        read(Given({"k": value}), "k")
    assert str(refused.value) == message


def test_words_describe_and_anything_else_was_meant_to_matter() -> None:
    Given({"note": "研修の2日目", "url": "https://example.jp/2026-04-01", "mood": None}).end()
    matters: list[object] = [1, True, "2026-04-01", [], {}]
    for meant in matters:
        with pytest.raises(Malformed, match="input has the unknown key 'a'"):
            Given({"b": meant, "a": meant}).end()


def test_a_null_is_taken_as_said() -> None:
    given = Given(json.loads('{"certified_date": null}'))
    assert given.day_or_none("certified_date") is None
    given.end()
