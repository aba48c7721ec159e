"""What may not happen: a code, data, and one sentence in both languages.

An action raises `Refused("payments.line_already_matched", line=…)`. The door turns it into a form
error, a banner, a problem document or an exit status. Each room declares its sentences once, in
`<room>/refusals.py`, with `declare({...})`; a test fails on a code without a sentence.
"""

from __future__ import annotations

from django.utils.translation import get_language

from nintei.rules.edition import Text

SENTENCES: dict[str, Text] = {}


class Refused(Exception):
    """Something that may not happen. `code` is `room.reason`; `data` fills the sentence."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data

    def sentence(self, language: str | None = None) -> str:
        """What is wrong, where, and what to do, in `language` (default: the active one)."""
        text = SENTENCES[self.code]
        chosen = text.en if (language or get_language() or "ja").startswith("en") else text.ja
        return chosen.format(**self.data)

    def __str__(self) -> str:
        return f"{self.code} {self.data}"


def declare(sentences: dict[str, Text]) -> None:
    """Make a room's refusal sentences known. A code belongs to one room and is declared once."""
    for code, text in sentences.items():
        if SENTENCES.get(code, text) != text:
            raise ValueError(f"two sentences for {code}")
        SENTENCES[code] = text


declare(
    {
        "files.empty": Text(
            "「{name}」は空のファイルです。中身のあるファイルを選び直してください。",
            "“{name}” is empty. Please choose a file that has something in it.",
        ),
        "files.too_large": Text(
            "「{name}」は{limit}MBを超えています。小さくしてから、もう一度選んでください。",
            "“{name}” is larger than {limit} MB. Please make it smaller and choose it again.",
        ),
        "files.not_allowed": Text(
            "「{name}」は受け取れない形式です。PDF、JPEG、PNGのどれかにしてください。",
            "“{name}” is not a kind of file we can take. Please use PDF, JPEG or PNG.",
        ),
        "files.heic": Text(
            "「{name}」はHEIC形式の写真です。JPEGで撮り直すか、写真の画面を保存（スクリーンショット）して選んでください。iPhoneでは「設定 → カメラ → フォーマット → 互換性優先」でJPEGになります。",
            "“{name}” is a HEIC photograph. Please take it as JPEG, or choose a screenshot of it. On an iPhone, "
            "“Settings → Camera → Formats → Most Compatible” takes JPEG.",
        ),
        "files.unreadable": Text(
            "「{name}」を読み取れませんでした（{why}）。壊れていないか、パスワードや動く部品が付いていないか確かめてください。",
            "“{name}” could not be read ({why}). Please check that it is not damaged, locked or active.",
        ),
    }
)
