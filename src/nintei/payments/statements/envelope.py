"""What an XML file says it is, before anything is made of it: which message, and that nothing in it is a trap.

A document type is refused before anything in it is looked at (entities cannot be declared without one), and so
are any great depth and any endless text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import ParseError, XMLParser

from nintei.payments.statements.lines import BrokenStatement, broken

DEEPEST = 40
LONGEST_TEXT = 10_000
KINDS = {"BkToCstmrStmt": "053", "BkToCstmrDbtCdtNtfctn": "054"}
VERSIONS = ("02", "12")
AGAIN = ("銀行のサイトからもう一度ダウンロードしてください。", "Please download it from the bank again.")
_STATEMENT = ("camt.053（入出金明細）をダウンロードしてください。", "Download the statement as camt.053.")
_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.(05[34])\.001\.(\d\d)")


class Message(NamedTuple):
    """One ISO 20022 message: `053` or `054`, and its version, `02` to `12`."""

    kind: str
    version: str


def looks_like(content: bytes) -> bool:
    """Does it begin like XML?"""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"


def message(content: bytes) -> Message:
    """Which message `content` holds. Raises `BrokenStatement` for what is none, or is not to be read."""
    target = _Envelope()
    parser = XMLParser(target=target)  # noqa: S314  a DOCTYPE, and so every entity of its own, is refused
    try:
        parser.feed(content)
        parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise unreadable(getattr(error, "position", (None,))[0]) from None
    return _known(target)


def unreadable(row: int | None) -> BrokenStatement:
    """The file is broken XML, from its line `row` on."""
    return broken(row, "XMLとして読めません。", "It cannot be read as XML.", *AGAIN)


def _known(envelope: _Envelope) -> Message:
    found = _NAMESPACE.fullmatch(envelope.namespace)
    if found and found[1] == KINDS[envelope.root] and VERSIONS[0] <= found[2] <= VERSIONS[1]:
        return Message(found[1], found[2])
    said = envelope.namespace.rpartition(":")[2][:40]
    raise broken(
        None,
        f"camtの版「{said}」は読めません。",
        f"“{said}” is no version of camt that can be read.",
        f"camt.053.001.{VERSIONS[0]}から{VERSIONS[1]}までの版でダウンロードしてください。",
        f"Download it as camt.053.001.{VERSIONS[0]} to {VERSIONS[1]}.",
    )


class _Envelope:
    """Hears the parser's events, and keeps the name inside `<Document>` and its namespace."""

    def __init__(self) -> None:
        self.root = ""
        self.namespace = ""
        self.depth = 0
        self.size = 0

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        ja, en = (
            "文書型宣言（DOCTYPE）のあるXMLは読みません。",
            "XML with a document type declaration is not read.",
        )
        raise broken(None, ja, en, *AGAIN)

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self.depth, self.size = self.depth + 1, 0
        if self.depth > DEEPEST:
            raise broken(None, "入れ子が深すぎるXMLです。", "The XML is nested too deeply.", *AGAIN)
        if self.depth == 2 and not self.root:
            namespace, _, self.root = tag.rpartition("}")
            self.namespace = namespace.removeprefix("{")
            if self.root not in KINDS:
                name = self.root[:40]
                ja, en = f"明細ではないXMLです（{name}）。", f"This XML is no statement ({name})."
                raise broken(None, ja, en, *_STATEMENT)

    def data(self, text: str) -> None:
        self.size += len(text)
        if self.size > LONGEST_TEXT:
            raise broken(
                None, "長すぎる文字列のあるXMLです。", "The XML holds a text that is too long.", *AGAIN
            )

    def end(self, _tag: str) -> None:
        self.depth -= 1

    def close(self) -> None:
        """The parser asks for this; what was heard is read from the fields."""
