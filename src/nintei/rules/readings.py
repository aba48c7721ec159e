"""Writes two pages from an edition: the agenda of open readings, and the register of clauses.

`docs/readings.md` is what to ask the association next: every place that leaves room, and everything
it has not said. `docs/clauses.md` says for each clause which keys rest on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from nintei.rules.edition import Citation, Edition, Reading

_WEIGHTS = {
    "H": "資格または金額に大きくかかわるもの / Large effect on a qualification or on money",
    "M": "資格または金額にかかわるもの / Some effect",
    "L": "影響の小さいもの / Little effect",
}


def agenda(edition: Edition) -> str:
    """The agenda for the next talk with the association, as Markdown in Japanese and English."""
    lines = [
        "# 文書の読み方 / Readings",
        "",
        f"`{edition.id}` から作った一覧です。手で直さず、規則の版を直してください。",
        "文書の言葉が決めきらない箇所、その選択肢、いまの読み、それに依る規則、そして文書にない事項です。",
        "",
        f"Made from `{edition.id}`; change the rulebook, not this page. Every place where the documents",
        "leave room, its options, our reading and what depends on it, then everything they do not say.",
        "",
        f"- 読み / readings: {len(edition.readings)}",
        f"- 未設定 / unset: {len(edition.unset)}",
    ]
    for weight, title in _WEIGHTS.items():
        found = [each for each in edition.readings.values() if each.weight == weight]
        if found:
            lines += ["", f"## {title}"]
        for reading in found:
            lines += _question(edition, reading)
    lines += _unset(edition)
    return "\n".join(lines) + "\n"


def _question(edition: Edition, reading: Reading) -> Iterator[str]:
    yield from ("", f"### {reading.id} {reading.title.ja}", "", reading.title.en, "")
    for clause, cite in _words(edition, reading):
        yield f"> {clause}: {' '.join(cite.quote.split())}"
        yield ">"
    if not reading.clauses:
        yield "> (条文なし / no clause)"
    yield ""
    chosen = reading.chosen.split(", ")
    for option in reading.options:
        mark = "x" if option.code in chosen else " "
        yield f"- [{mark}] `{option.code}` {option.name.ja} / {option.name.en}"
    yield from ("", f"**いまの読み** {reading.reading.ja}", "", f"**Our reading** {reading.reading.en}")
    keys = _dependants(edition, reading)
    depends = ", ".join(f"`{key}`" for key in keys) or "(なし / none)"
    yield from ("", f"依る規則 / what depends on it: {depends}")


def _words(edition: Edition, reading: Reading) -> list[tuple[str, Citation]]:
    cites: dict[str, Citation] = {}
    for cite in edition.citations.values():
        cites.setdefault(cite.clause, cite)
    return [(clause, cites[clause]) for clause in reading.clauses]


def _dependants(edition: Edition, reading: Reading) -> list[str]:
    keys = [key for key, cite in edition.citations.items() if reading.id in cite.ambiguities]
    keys += [f"unset.{each.key}" for each in edition.unset.values() if each.ambiguity == reading.id]
    return keys


def _unset(edition: Edition) -> Iterator[str]:
    yield from ("", "## 文書にない事項 / What the documents do not say", "")
    yield "決まるまで未設定のままにします。ソフトウェアが値を作ることはありません。"
    yield from ("", "Unset until decided; the software invents nothing.", "")
    yield "| key | 事項 | what | 決める人 / owner | reading |"
    yield "|---|---|---|---|---|"
    for each in edition.unset.values():
        owner = f"{each.owner.ja} / {each.owner.en}"
        yield f"| `{each.key}` | {each.what.ja} | {each.what.en} | {owner} | {each.ambiguity} |"


def clause_register(edition: Edition) -> str:
    """Which keys rest on each clause, then the clauses that bind no software and why, as Markdown."""
    keys = defaultdict(list)
    for key, cite in edition.citations.items():
        keys[cite.clause].append(key)
    apart = {heading.clause: heading for heading in edition.headings}
    bound = [clause for clause in keys if clause not in apart]
    lines = [
        "# 条文と規則 / Clauses and keys",
        "",
        f"`{edition.id}` から作った一覧です。/ Made from `{edition.id}`.",
        "",
        f"- 規則が引く条文 / clauses that a key cites: {len(bound)}",
        f"- ソフトウェアに何も求めない条文 / clauses that ask nothing of software: {len(apart)}",
        "",
        "## ソフトウェアに何も求めない条文 / Clauses that ask nothing of software",
        "",
        "| clause | 理由 | why |",
        "|---|---|---|",
        *(f"| {each.clause} | {each.why.ja} | {each.why.en} |" for each in edition.headings),
        "",
        "## 規則が引く条文 / Clauses that a key cites",
        "",
        "| clause | keys |",
        "|---|---|",
        *(f"| {clause} | {', '.join(f'`{key}`' for key in keys[clause])} |" for clause in bound),
    ]
    return "\n".join(lines) + "\n"
