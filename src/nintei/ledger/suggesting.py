"""Fields and competencies that a text resembles: character pairs and triples compared with the documents' own words.

Reckoned here from the edition alone; nothing is learnt and nothing is sent anywhere. Always shown as a suggestion,
with the words it comes from. Pure.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from nintei.rules.edition import Edition, Text

LEAST = 0.12
"""Below this likeness nothing is proposed: a wrong proposal costs more than none."""
_COMMON = str.maketrans("", "", "「」『』（）()［］[]・、。,.／/－-—~〜～:： 　")
_EVERYWHERE = re.compile("コンタクトセンター|コールセンター|(?:contact|call) cent(?:er|re)")
"""What every text of this profession says tells no field from another."""
UNKNOWN = 0.35
"""How much a gram weighs that no phrase has (講演会, を読む), in parts of the rarest one."""
Profile = Mapping[str, float]


class Suggestion(NamedTuple):
    """A key of the rulebook that a text resembles, how much (0–1), and the words of the document it resembles."""

    key: str
    name: Text
    likeness: float
    like: Text


class _Known(NamedTuple):
    key: str
    name: Text
    text: Text
    profile: Profile


class Index(NamedTuple):
    """The words of an edition, made ready for comparison: `known` phrases and how rare each gram is."""

    known: tuple[_Known, ...]
    rarity: Mapping[str, float]


def fields_like(edition: Edition, text: str, most: int = 2) -> list[Suggestion]:
    """The fields of practice whose examples a text resembles most, best first; often none."""
    return _best(_fields(_Edition(edition)), text, most)


def competencies_like(edition: Edition, text: str, most: int = 2) -> list[Suggestion]:
    """The competencies whose names a text resembles most, best first; often none."""
    return _best(_competencies(_Edition(edition)), text, most)


def index_of(phrases: Iterable[tuple[str, Text, Text]]) -> Index:
    """Phrases as (key, name of the key, words), in both languages, made ready for comparison."""
    known = [
        (key, name, text, _grams(words))
        for key, name, text in phrases
        for words in dict.fromkeys((text.ja, text.en))
        if words
    ]
    seen = Counter(gram for *_, grams in known for gram in set(grams))
    rarity = {gram: math.log((len(known) + 1) / (times + 0.5)) for gram, times in seen.items()}
    return Index(
        tuple(_Known(key, name, text, _unit(grams, rarity)) for key, name, text, grams in known), rarity
    )


class _Edition:
    """An edition by its id: rulebooks hold dictionaries, so they cannot be keys themselves."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __hash__(self) -> int:
        return hash(self.edition.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Edition) and other.edition.id == self.edition.id


@lru_cache(maxsize=8)
def _fields(asked: _Edition) -> Index:
    rows = []
    for key, field in asked.edition.fields.items():
        words = [field.name, *(example.name for example in field.examples)]
        rows += [(key, field.name, each) for each in words]
    return index_of([*rows, *_items_of_fields(asked.edition)])


def _items_of_fields(edition: Edition) -> list[tuple[str, Text, Text]]:
    """The competencies of an area speak for the field that the document gives the area."""
    return [
        (key, field.name, item.name)
        for key, field in edition.fields.items()
        for code in field.areas
        for item in edition.areas[code].items
    ]


@lru_cache(maxsize=8)
def _competencies(asked: _Edition) -> Index:
    items = [item for area in asked.edition.areas.values() for item in area.items]
    return index_of([(item.code, item.name, item.name) for item in items])


def _best(index: Index, text: str, most: int) -> list[Suggestion]:
    asked = _unit(_grams(text), index.rarity)
    best: dict[str, Suggestion] = {}
    for each in index.known:
        likeness = sum(weight * each.profile.get(gram, 0.0) for gram, weight in asked.items())
        if likeness >= LEAST and (each.key not in best or likeness > best[each.key].likeness):
            best[each.key] = Suggestion(each.key, each.name, likeness, each.text)
    return sorted(best.values(), key=lambda found: -found.likeness)[:most]


def _grams(text: str) -> Counter[str]:
    """The pairs and triples of characters of a text, in its normal form.

    >>> sorted(_grams("品質管理"))
    ['品質', '品質管', '管理', '質管', '質管理']
    """
    plain = _EVERYWHERE.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_COMMON)
    return Counter(plain[at : at + size] for size in (2, 3) for at in range(len(plain) - size + 1))


def _unit(grams: Counter[str], rarity: Mapping[str, float]) -> Profile:
    """Grams weighed by their rarity, scaled to length 1."""
    unknown = max(rarity.values(), default=1.0) * UNKNOWN
    weighed = {gram: times * rarity.get(gram, unknown) for gram, times in grams.items()}
    length = math.sqrt(sum(weight * weight for weight in weighed.values()))
    return {gram: weight / length for gram, weight in weighed.items()} if length else {}
