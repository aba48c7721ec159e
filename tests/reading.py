"""Reading the repository, once for all guards of the house."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SRC = Path("src/nintei")


def floors(root: Path) -> dict[str, int]:
    """Each room and its floor, the ground floor being 0, from the import contract in pyproject.toml."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        room.strip(): floor
        for floor, layer in enumerate(reversed(layers))
        for room in re.split(r"[|:]", layer)
    }


def tracked(root: Path) -> list[Path]:
    """Every file of the repository that git knows, or would: ignored ones are nobody's business."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def modules(root: Path) -> Iterator[tuple[str, Path, ast.Module]]:
    """Each of our modules with its room, migrations and tests left out."""
    for path in sorted((root / SRC).rglob("*.py")):
        parts = path.relative_to(root / SRC).parts
        if len(parts) > 1 and not {"migrations", "tests"} & set(parts):
            yield parts[0], path, parsed(path)


@cache
def parsed(path: Path) -> ast.Module:
    """A file read and parsed once, whichever guard asks first."""
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Everything in a file, walked once."""
    return tuple(ast.walk(tree))
