"""Names as people write them. Pure. A name is kept as typed: NFKC would change 髙, 﨑 and ㈱."""

from __future__ import annotations

import re

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
