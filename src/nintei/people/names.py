"""Names as people write them. Pure. A name is kept as typed: NFKC would change 髙, 﨑 and ㈱."""

from __future__ import annotations

import re
import unicodedata

import jaconv

# Katakana with its long mark, small letters and iteration marks; a space or middle dot between parts.
KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc-\u30fe]+([ \u3000・][\u30a1-\u30fa\u30fc-\u30fe]+)*")


def tidy(name: str) -> str:
    """A name without spaces around it and with single spaces inside; every letter as typed.

    >>> tidy("  髙橋　 𠮷之助 ")
    '髙橋 𠮷之助'
    """
    return " ".join(name.split())


def katakana(kana: str) -> str | None:
    """The reading in full-width katakana, from hiragana or half-width katakana too; None if it is neither.

    >>> katakana("さとう ｹﾝﾀ"), katakana("佐藤")
    ('サトウ ケンタ', None)
    """
    converted = tidy(jaconv.hira2kata(jaconv.h2z(kana, kana=True, ascii=False, digit=False)))
    return converted if converted == "" or KATAKANA.fullmatch(converted) else None


def letters(name: str) -> str:
    """A name for comparing: one width, one case, small kana large, no spaces or dots. Never kept or shown.

    >>> letters("ｻﾄｳ　ｹﾝﾀ") == letters("サトウ・ケンタ"), letters("イトウ ショウ") == letters("イトウ シヨウ")
    (True, True)
    """
    # A reading on file is full-width katakana already: most of 50,000 names need nothing more.
    is_plain = KATAKANA.fullmatch(name) is not None
    wide = name if is_plain else unicodedata.normalize("NFKC", jaconv.hira2kata(name)).upper()
    return "".join(wide.translate(_LARGE).replace("・", "").split())


_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")


def distance(one: str, other: str, most: int) -> int:
    """The Levenshtein distance of two short words; more than `most` is given as `most` + 1.

    >>> distance("サトウケンタ", "サトウケンダ", 2), distance("サトウ", "スズキ", 2), distance("カトウ", "カト", 2)
    (1, 3, 1)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        last, row[0] = row[0], n
        for m, against in enumerate(other, 1):
            last, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, last + (letter != against))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
