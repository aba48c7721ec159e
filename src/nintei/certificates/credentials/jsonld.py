"""JSON-LD to signable lines (RDFC-1.0), with the contexts that lie beside us; nothing is ever fetched.

PyLD leaves undefined terms out in silence (they would not be signed), and does unbounded work on graphs made
to be hard. So a document is looked at first: these contexts in this order, a bounded size and shape, no nodes
without a name beyond a few; and before signing every term must come back out of what was read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

VC = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
FILES = {
    VC: "credentials-v2.json",
    OPEN_BADGES: "open-badges-3.0.3.json",
    EXTENSIONS: "open-badges-extensions.json",
    CLR: "clr-2.0.1.json",
}
ALLOWED = (
    [VC],
    [VC, OPEN_BADGES],
    [VC, OPEN_BADGES, EXTENSIONS],
    [VC, OPEN_BADGES, CLR],
    [VC, OPEN_BADGES, CLR, EXTENSIONS],
)
FOLDER = Path(__file__).resolve().parent.parent / "contexts"

LARGEST = 2_000_000
"""Bytes of a file; a list of 131,072 states that are all set is far below."""
MOST_VALUES, DEEPEST, MOST_NAMELESS = 3000, 12, 40
NOWHERE = "nowhere:"
MOST_IN_RECORD = 40_000
"""Values of a learner record: 400 activities. Ours is canonicalised only when the journal has it."""


class Unreadable(ValueError):
    """A document that we do not read: `code` says why (size, json, context, shape, terms)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


def parsed(data: bytes) -> dict[str, Any]:
    """A JSON object of bounded size, without a key twice. Raises `Unreadable`."""
    if len(data) > LARGEST:
        raise Unreadable("size")
    try:
        found = json.loads(
            data, object_pairs_hook=_once_each, parse_constant=_number, parse_float=_number, parse_int=_number
        )
        if b"\\ud" in data.lower():
            json.dumps(found, ensure_ascii=False).encode()  # half a letter is none
    except (ValueError, RecursionError) as error:
        raise Unreadable("json", str(error)) from error
    if not isinstance(found, dict):
        raise Unreadable("json", "not an object")
    look(found)
    return found


def look(document: Any) -> None:
    """Raises `Unreadable("shape")` for what is too deep or has too many values."""
    most = MOST_IN_RECORD if isinstance(document, dict) and members(document) else MOST_VALUES
    todo, count = [(document, 0)], 0
    while todo:
        value, depth = todo.pop()
        count += 1
        if depth > DEEPEST or count > most:
            raise Unreadable("shape", "too deep, or too many values")
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        todo += [(each, depth + 1) for each in inside]


def quads(document: dict[str, Any]) -> bytes:
    """The canonical N-Quads of a document. Raises `Unreadable` for a foreign context or a graph made to be hard."""
    jsonld = _jsonld()
    look(document)
    _only_our_contexts(document)
    if _nameless(document) > MOST_NAMELESS:
        raise Unreadable("shape", "too many nodes without a name")
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    try:
        dataset = jsonld.to_rdf(document, {"documentLoader": load})
        _not_made_to_be_hard(dataset)
        return str(jsonld.normalize(document, options)).encode()
    except (jsonld.JsonLdError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable("context", str(error)[:200]) from error


def refuse_undefined(document: dict[str, Any]) -> None:
    """Raises `Unreadable("terms")` unless every term of a document is one of its contexts (asked before signing).

    What expands to nothing is counted, since the way back is not one to one: the learner record's own context
    writes `identifier` out in full.
    """
    jsonld = _jsonld()
    options = {"documentLoader": load, "base": f"{NOWHERE}//here/"}
    expanded = jsonld.expand(document, options)
    if _said(document) == _said(expanded) and not _relative(expanded):
        return
    back = jsonld.compact(expanded, {"@context": document["@context"]}, options)
    raise Unreadable("terms", f"undefined: {', '.join(sorted(_terms(document) - _terms(back)))}")


def _said(value: Any) -> int:
    """How many properties have a value, names and kinds of nodes aside."""
    return sum(
        key not in ("id", "type") and key[0] != "@" and each not in ([], None)
        for node in _nodes(value)
        for key, each in node.items()
    )


def _relative(expanded: Any) -> bool:
    """Whether a node's name or kind is no full address: it would be signed as nobody's, or not at all."""
    for node in _nodes(expanded):
        kinds = node.get("@type", [])
        names = [node.get("@id", ":"), *([kinds] if isinstance(kinds, str) else kinds)]
        if any(":" not in each or each.startswith(NOWHERE) for each in names):
            return True
    return False


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    todo = [value]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            yield value
            todo += [each for key, each in value.items() if key != "@context"]
        elif isinstance(value, list):
            todo += value


def load(url: str, options: object = None) -> dict[str, Any]:
    """The context behind an address, from our files; there is no other way to one."""
    if url not in FILES:
        raise Unreadable("context", f"{url} is not one of ours")
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": _context(url),
        "contentType": "application/ld+json",
    }


@cache
def _jsonld() -> Any:
    """PyLD without its loaders: they would import a whole web client (a second of `nintei verify`) to fetch with."""
    absent = {name: None for name in ("aiohttp", "requests") if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]
    try:
        from pyld import jsonld
    finally:
        for name in absent:
            del sys.modules[name]
    return jsonld


@cache
def _context(url: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / FILES[url]).read_text("utf-8"))
    return found


def _only_our_contexts(document: dict[str, Any]) -> None:
    """A learner record takes credentials in as they are, with contexts of their own; nothing else has any inside."""
    if document.get("@context") not in ALLOWED:
        raise Unreadable("context", "other contexts than ours")
    taken_in = [id(each) for each in members(document) if each.get("@context") in ALLOWED]
    for node in _nodes(document):
        own = node is document or id(node) in taken_in
        if any(key.startswith("@") and not (own and key == "@context") for key in node):
            raise Unreadable("context", "a context or keyword inside the document")


def members(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The credentials inside a learner record; none for any other document."""
    subject = document.get("credentialSubject")
    found = subject.get("verifiableCredential") if isinstance(subject, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _nameless(document: Any) -> int:
    """How many objects have no `id`."""
    return sum("id" not in node for node in _nodes(document))


def _not_made_to_be_hard(dataset: dict[str, Any]) -> None:
    """Nodes without a name that point at each other make canonicalisation grow like a factorial; ours never do.

    A nameless node of ours hangs from one named node, and at most one other hangs from it.
    """
    pointed: dict[str, set[str]] = {}
    for quad in (quad for graph in dataset.values() for quad in graph):
        subject, target = quad["subject"]["value"], quad["object"]
        if target["type"] == "blank node":
            pointed.setdefault(target["value"], set()).add(subject)
    crowded = [node for node, by in pointed.items() if len(by) > 1]
    if crowded:
        raise Unreadable("shape", "nodes without a name that share one another")


def _terms(document: Any) -> set[str]:
    found = set()
    for node in _nodes(document):
        found |= set(node)
        kinds = node.get("type", [])
        found |= {f"type {each}" for each in ([kinds] if isinstance(kinds, str) else kinds)}
    return found


def _number(text: str) -> int | float:
    """A number that canonical JSON (RFC 8785) has: no NaN, nothing endless, no whole number beyond 2^53."""
    found = float(text) if set(text) & set(".eEN") else int(text)
    if not abs(found) < 2**53:
        raise ValueError(f"{text[:20]} is no number here")
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
