"""Papers set by several threads of a server at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from nintei.shared import paper

AT = datetime(2026, 11, 24, tzinfo=UTC)


def test_threads_print_at_the_same_time_and_each_gets_the_same_bytes(tmp_path: Path) -> None:
    template = tmp_path / "page.typ"
    words = '#set document(title: "x")\n#set text(font: "Noto Sans JP", lang: "ja")\n#range(200).map(str).join(" ")'
    template.write_text(words, "utf-8")
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: paper.pdf(template, {}, AT), range(24)))
    assert len(made) == 1
