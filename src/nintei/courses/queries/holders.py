"""Who is meant by a number and a reading. This room knows no certifications: upstairs answers (docs/rooms.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from nintei.courses.rosterfile import fold, fold_kana

Pair = tuple[str, str]
Finder = Callable[[Iterable[Pair]], dict[Pair, UUID]]

_finders: list[Finder] = []


def follow(finder: Finder) -> None:
    """Ask this finder from now on: (number, kana) in one writing → person, only where both fit."""
    _finders[:] = [finder]


def found(pairs: Iterable[Pair]) -> dict[Pair, UUID]:
    """The people meant, by the pairs as sent; one that fits nobody is left out, whatever is wrong with it."""
    written = {pair: (fold(pair[0]).upper(), one_kana(pair[1])) for pair in pairs}
    answers = {pair: person for ask in _finders for pair, person in ask(set(written.values())).items()}
    return {pair: answers[plain] for pair, plain in written.items() if plain in answers}


def one_kana(kana: str) -> str:
    """A reading in the one writing in which readings are compared: width, hiragana and spaces do not matter."""
    return fold_kana(kana)
