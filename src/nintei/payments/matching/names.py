"""Payers' names as banks carry them: half-width, capital kana, no punctuation, at most 48 characters."""

from __future__ import annotations

import re
import unicodedata

from nintei.payments.matching.records import Payer

BANK_NAME_WIDTH = 48
"""Half-width characters of a payer's name in Zengin data (AMB-F8); what is longer is cut off."""

DIGITS = "0123456789"
_DASHES = frozenset((0x2D, *range(0x2010, 0x2016), 0x2212, 0x2500, 0x2501, 0x30FC))
_DROPPED = frozenset("・·.,'’/()「」")
_SMALL = dict(zip("ァィゥェォッャュョヮヵヶヲ", "アイウエオツヤユヨワカケオ", strict=True))
_LARGE = str.maketrans(_SMALL)
_SPACING_MARKS = {0x309B: "\u3099", 0x309C: "\u309a"}
_KATAKANA = {code: chr(code + 0x60) for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}


class _Fold(dict[int, str]):
    """Letter by letter from what a bank sends to what is compared; every line of a file walks this once."""

    def __missing__(self, code: int) -> str:
        return "".join(map(self._one, unicodedata.normalize("NFKC", chr(code)).upper()))

    def _one(self, letter: str) -> str:
        if letter.isspace() or letter in _DROPPED:
            return ""
        if ord(letter) in _DASHES:
            return "ー"
        kana = _KATAKANA.get(ord(letter), letter)
        return _SMALL.get(kana, kana)


_FOLD = _Fold(_SPACING_MARKS)
for _code in (*range(0x100), *range(0x2000, 0x2070), 0x2212, *range(0x3000, 0x3100), *range(0xFF00, 0xFFF0)):
    _FOLD.setdefault(_code, _FOLD[_code])

_MARKS = "\u3099\u309a"
_UNVOICED = dict.fromkeys(map(ord, _MARKS), "") | {
    code: kana[0]
    for code in range(0x3041, 0x30FF)
    if len(kana := unicodedata.normalize("NFD", chr(code))) == 2 and kana[1] in _MARKS
}

# What the banks write for a company's legal form, and the form in full as an agreement may have it.
_FORMS = {
    "カブシキガイシヤ": "カ",
    "ユウゲンガイシヤ": "ユ",
    "ゴウドウガイシヤ": "ド",
    "ゴウメイガイシヤ": "メ",
    "ゴウシガイシヤ": "シ",
    "イツパンシヤダンホウジン": "シヤ",
    "コウエキシヤダンホウジン": "シヤ",
    "イツパンザイダンホウジン": "ザイ",
    "コウエキザイダンホウジン": "ザイ",
    "シヤダンホウジン": "シヤ",
    "ザイダンホウジン": "ザイ",
    "イリヨウホウジン": "イ",
    "ガツコウホウジン": "ガク",
    "シヤカイフクシホウジン": "フク",
    "トクテイヒエイリカツドウホウジン": "トクヒ",
    "ドクリツギヨウセイホウジン": "ドク",
    "ベンゴシホウジン": "ベン",
    "ゼイリシホウジン": "ゼイ",
}
_ABBREVIATED = "|".join(sorted({*_FORMS.values(), "シユウ", "ギヨ", "キヨウサイ"}, key=len, reverse=True))
_COMPANY = re.compile(rf"[0-9]*(?:(?:{_ABBREVIATED})\)|.*\((?:{_ABBREVIATED})\)?$)")


def plain(text: str) -> str:
    """`text` as it would look after any bank: no small kana, no ヲ, one kind of dash, no punctuation.

    >>> plain("ｶ)ｺﾝﾀｸﾄｻｰﾋﾞｽ"), plain("キョウダ　シュンイチ"), plain("ｵ-ﾀ")
    ('カコンタクトサービス', 'キヨウダシユンイチ', 'オータ')
    """
    return unicodedata.normalize("NFC", text.translate(_FOLD))


def normalise(payer_name: str) -> Payer:
    """The number and the name in a payer's name: digits in front, or else behind (MAN-ウ④.7).

    >>> normalise("0123ｺﾝｹﾝﾀﾛｳ")
    Payer(number='0123', name='コンケンタロウ')
    >>> normalise("ｺﾝｹﾝ ﾀﾛｳ 0123").number
    '0123'
    """
    return split(plain(payer_name))


def split(text: str) -> Payer:
    """The number and the name in a name that is plain already."""
    name = text.lstrip(DIGITS)
    number = text[: len(text) - len(name)]
    if not number:
        name = text.rstrip(DIGITS)
        number = text[len(name) :]
    return Payer(number or None, name)


def unvoiced(name: str) -> str:
    """`name` without ゛ and ゜, which some channels drop: ゴトウ and コトウ become one.

    >>> unvoiced("ゴトウゲンジ")
    'コトウケンシ'
    """
    return name.translate(_UNVOICED)


def is_cut_off(payer: str, name: str, family: str, width: int) -> bool:
    """Is `payer` the front of `name`, cut off by the bank or by a form?

    A family name alone is not: somebody of that family may have paid. The last letter may have lost its
    mark to the cut (ｶﾞ is two half-width characters). `width` is that of the whole line as banks carry it.

    >>> is_cut_off("コンケンタ", "コンケンタロウ", "コンケン", 10)
    True
    >>> is_cut_off("コンケン", "コンケンタロウ", "コンケン", 8)
    False
    """
    if not 0 < len(payer) < len(name):
        return False
    front = name[: len(payer)]
    if payer != front and (payer[:-1] != front[:-1] or payer[-1] != unvoiced(front[-1])):
        return False
    # A cut that falls on a space loses that space too, hence one less than the width of the field.
    return len(payer) > len(family) or width >= BANK_NAME_WIDTH - 1


def bank_width(payer_name: str) -> int:
    """The half-width characters `payer_name` takes in bank data: ガ is two.

    >>> bank_width("0789ゴトウ"), bank_width("0789ｺﾞﾄｳ ")
    (8, 8)
    """
    return len(unicodedata.normalize("NFD", unicodedata.normalize("NFKC", payer_name.strip())))


def is_company(payer_name: str) -> bool:
    """Does the name carry a company's legal form, as banks abbreviate it, in front or behind?

    >>> is_company("ｶ)ﾐﾅﾄ"), is_company("0123ﾐﾅﾄ(ｶ"), is_company("カトウ ユミ")
    (True, True, False)
    """
    text = unicodedata.normalize("NFKC", payer_name).strip().translate(_LARGE)
    return _COMPANY.match(text) is not None


def company_key(payer_name: str) -> str:
    """A company's name with its legal form abbreviated, so that カブシキガイシャ and カ) are one.

    >>> company_key("カブシキガイシャ ミナト"), company_key("ｶ)ﾐﾅﾄ"), company_key("ミナト（カ）")
    ('カミナト', 'カミナト', 'ミナトカ')
    """
    text = plain(payer_name)
    for form, short in _FORMS.items():
        if text.startswith(form) and len(text) > len(form):
            return short + text[len(form) :]
        if text.endswith(form) and len(text) > len(form):
            return text[: -len(form)] + short
    return text
