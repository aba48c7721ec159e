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
