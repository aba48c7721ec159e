"""Evidence made for tests: certificates of a few layouts, photos of them, and planted copies of some.

The layouts are shared by many people, courses and days, because that is what must not alarm. Only made once and
written to a folder; the same seed gives the same files.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import typst

from nintei.ledger import pageprint, prints
from nintei.shared import paper as printing
from nintei.shared.picture import png

FAMILY = (
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山田",
    "佐々木",
    "松本",
    "井上",
)
GIVEN = (
    "美咲",
    "翔太",
    "陽菜",
    "蓮",
    "結衣",
    "大輔",
    "さくら",
    "健",
    "葵",
    "拓也",
    "凪",
    "直樹",
    "七海",
    "誠",
    "真由美",
)
TOPICS = (
    "応対品質",
    "要員計画",
    "苦情対応",
    "面接と採用",
    "コーチング",
    "業務量予測",
    "情報保護",
    "チャット対応",
    "評価面談",
    "顧客満足度調査",
)
FORMS = ("入門", "実践講座", "の基礎", "ワークショップ", "セミナー", "上級コース")
LAYOUTS = 6
QUANTA = (8, 14, 22)
"""How coarsely a copy's 8 by 8 fields are rounded: about JPEG's quality 85, 70 and 50."""


class Paper(NamedTuple):
    """A file that was made. `of` names the paper it copies, `how` is equal, near or empty."""

    name: str
    kind: str
    path: Path
    of: str = ""
    how: str = ""


class Measured(NamedTuple):
    """Shares of the planted copies that were found, and of the files nobody copied that were taken for copies."""

    equal: float
    near: float
    false: float
    strangers: int


def make(folder: Path, count: int, chance: random.Random) -> list[Paper]:
    """So many files: seven tenths are originals, one tenth equal copies, two tenths saved anew or rescaled."""
    compiler = typst.Compiler(font_paths=[str(printing.FONTS)])
    originals = [_original(folder, number, compiler, chance) for number in range(count * 7 // 10)]
    copied = chance.sample(originals, count - len(originals))
    third = len(copied) // 3
    equal = [_equal(folder, each) for each in copied[:third]]
    return [*originals, *equal, *(_near(folder, each, chance) for each in copied[third:])]


def prints_here(paper: Paper) -> list[prints.Print]:
    """What `prints.prints_of` says, without its limited process: these files are our own."""
    data = paper.path.read_bytes() if paper.kind == "pdf" else pageprint.on_a_page(paper.path, paper.kind)
    pages = [pageprint.page_print(page) for page in pypdfium2.PdfDocument(data)]
    return [
        prints.Print(n, each["coarse"], bytes.fromhex(each["fine"]))
        for n, each in enumerate(pages, 1)
        if each
    ]


def measure(told: Mapping[Paper, Sequence[prints.Print]]) -> Measured:
    """What the prints find among files that were made; equal bytes are found by their bytes."""
    known = {paper.name: paper for paper in told}
    alike = prints.pairs({paper.name: found for paper, found in told.items()})
    near = {frozenset(pair[:2]) for pair in alike}
    planted = {how: [p for p in told if p.how == how] for how in ("equal", "near")}
    same = [p for p in planted["equal"] if p.path.read_bytes() == known[p.of].path.read_bytes()]
    found = [p for p in planted["near"] if frozenset((p.name, p.of)) in near]
    meant = {frozenset((p.name, p.of)) for p in told if p.of}
    strangers = {p.name for p in told} - {name for pair in meant for name in pair}
    wrong = {name for pair in near - meant for name in pair} & strangers
    equal = len(same) / len(planted["equal"])
    return Measured(equal, len(found) / len(planted["near"]), len(wrong) / len(strangers), len(strangers))


def _original(folder: Path, number: int, compiler: typst.Compiler, chance: random.Random) -> Paper:
    data = compiler.compile(input=_drawing(chance).encode(), format="pdf")
    assert isinstance(data, bytes)
    name = f"paper-{number:05}"
    if chance.random() < 0.5:
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        return Paper(name, "pdf", path)
    path = folder / f"{name}.png"
    _write(path, _photographed(_pixels(data, 1000), chance))
    return Paper(name, "png", path)


def _drawing(chance: random.Random) -> str:
    name = f"{chance.choice(FAMILY)}　{chance.choice(GIVEN)}"
    course = chance.choice(TOPICS) + chance.choice(FORMS)
    on = f"{chance.randint(2024, 2026)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
    hours, number = chance.choice(("1.5", "2", "3", "6")), chance.randint(10_000, 99_999)
    layout = chance.randrange(LAYOUTS)
    frame = ("", "stroke: 3pt, inset: 24pt, ", 'stroke: (dash: "dashed"), inset: 18pt, ')[layout % 3]
    place = ("center", "left")[layout // 3]
    head = ("受講証明書", "修了証", "参加証明書", "受講証", "Certificate of attendance", "研修受講証明書")[
        layout
    ]
    rows = (
        f"氏名　{name}\\ \\ 研修名　{course}\\ \\ 受講日　{on}\\ \\ 研修時間　{hours}時間\\ \\ 番号　{number}"
    )
    page = '#set page(paper: "a4", margin: 2.5cm)\n#set text(font: ("BIZ UDPGothic", "Noto Sans JP"), size: 14pt)\n'
    foot = f"上記のとおり研修を受講したことを証明します。\\ \\ 研修社{layout}"
    body = f"#text(size: 28pt)[{head}]\\ \\ {rows}\\ \\ {foot}"
    return page + f"#align({place})[#block({frame}width: 100%)[{body}]]"


def _equal(folder: Path, original: Paper) -> Paper:
    path = folder / f"{original.name}-equal{original.path.suffix}"
    path.write_bytes(original.path.read_bytes())
    return Paper(path.stem, original.kind, path, original.name, "equal")


def _near(folder: Path, original: Paper, chance: random.Random) -> Paper:
    """A copy that was rescaled, or saved with loss, or both; some of them set into a PDF."""
    width = chance.choice((600, 700, 850, 1000, 1250, 1500))
    data = original.path.read_bytes()
    pixels = _pixels(data if original.kind == "pdf" else _on_a_page(original.path), width)
    if chance.random() < 0.7:
        pixels = lossy(pixels, chance.choice(QUANTA))
    path = folder / f"{original.name}-near.png"
    _write(path, pixels)
    if chance.random() < 0.3:
        whole = path.with_suffix(".pdf")
        whole.write_bytes(_on_a_page(path))
        return Paper(whole.stem, "pdf", whole, original.name, "near")
    return Paper(path.stem, "png", path, original.name, "near")


def _on_a_page(path: Path) -> bytes:
    drawing = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("/{path.name}", width: 500pt)'
    return bytes(typst.compile(drawing.encode(), root=str(path.parent), format="pdf"))  # type: ignore[call-overload]


def _pixels(pdf: bytes, width: int) -> Any:
    page = pypdfium2.PdfDocument(pdf)[0]
    drawn = page.render(scale=width / page.get_width(), grayscale=True)
    flat = np.frombuffer(bytes(drawn.buffer), dtype=np.uint8).reshape(drawn.height, drawn.stride)
    return flat[:, : drawn.width].astype(np.float64)


def _photographed(pixels: Any, chance: random.Random) -> Any:
    """A photo of a paper: a table around it, light that falls off to one side, some noise."""
    noise = np.random.default_rng(chance.randrange(1 << 32))
    rim = [chance.randint(5, 90) for _ in range(4)]
    placed = np.pad(
        pixels * chance.uniform(0.8, 1.0),
        ((rim[0], rim[1]), (rim[2], rim[3])),
        constant_values=chance.randint(40, 140),
    )
    light = np.linspace(1.0, chance.uniform(0.75, 0.98), placed.shape[1])
    return placed * light + noise.normal(0, chance.uniform(1, 4), placed.shape)


def lossy(pixels: Any, quantum: int) -> Any:
    """What JPEG's cosine fields lose: each 8 by 8 field rounded in steps, coarser for finer detail."""
    height, width = pixels.shape
    whole = np.pad(pixels, ((0, -height % 8), (0, -width % 8)), mode="edge")
    fields = whole.reshape(whole.shape[0] // 8, 8, whole.shape[1] // 8, 8).swapaxes(1, 2) - 128
    place = np.arange(8)
    cosines = np.cos((2 * place[None, :] + 1) * place[:, None] * np.pi / 16) / 2
    cosines[0] /= np.sqrt(2)
    steps = quantum * (1 + (place[:, None] + place[None, :]) / 2)
    turned = np.round(cosines @ fields @ cosines.T / steps) * steps
    back = (cosines.T @ turned @ cosines + 128).swapaxes(1, 2).reshape(whole.shape)
    return back[:height, :width]


def _write(path: Path, pixels: Any) -> None:
    grey = pixels.clip(0, 255).astype(np.uint8)
    path.write_bytes(png(grey.shape[1], grey.shape[0], grey.shape[1], grey.tobytes(), 1))
