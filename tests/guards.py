"""The house rules that no linter knows. Each guard takes a repository and returns its offences.

An offence is one line: where, what, and what to do instead. `test_house.py` finds none in this repository
and, as a control, finds exactly the ones planted in a small one.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.reading import SRC, floors, modules, nodes, parsed, tracked

DOORSTEP = {"models", "actions", "queries", "signals", "refusals"}
# What a room offers beside its doorstep, with the reason (docs/rooms.md).
ALSO_OFFERED = {
    "people.doors": "who may walk in is asked at every door",
    "payments.matching": "pure: the conformance runner judges it with the kernel",
    **dict.fromkeys(
        ("journal.notes", "journal.prooffile", "journal.proofs", "journal.tiles"),
        "pure: proofs, keys and files that are whole, wherever they lie",
    ),
    "journal.keys": "a reader of proofs needs the public keys",
    "journal.signer": "proofs come from its published files",
}
DOORS = {"api", "portal", "office", "public", "rest", "forms"}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}
LONGEST_FUNCTION, LONGEST_FILE = 50, 400
KEYS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
WRITING = {
    "save", "delete", "create", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
}  # fmt: skip


def _at(root: Path, path: Path, line: int, words: str) -> str:
    return f"{path.relative_to(root)}:{line}: {words}"


def _is_a(path: Path, names: set[str]) -> bool:
    """Whether a module, or the package it lies in, bears one of these names."""
    return path.stem in names or path.parent.name in names


def _imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in nodes(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name


# --- floors and doors -----------------------------------------------------------------------------


def doorsteps(root: Path) -> list[str]:
    """From a room below only its models, actions, queries and signals may be imported."""
    offences = []
    for room, path, tree in modules(root):
        if room == "site":
            continue
        for line, name in _imported(tree):
            parts = name.split(".")
            if parts[0] != "nintei" or len(parts) < 3 or parts[1] in {room, "rules", "shared"}:
                continue
            if parts[2] not in DOORSTEP and ".".join(parts[1:3]) not in ALSO_OFFERED:
                offences.append(
                    _at(root, path, line, f"{name} is behind {parts[1]}'s door: ask a query or action")
                )
    return offences


def rooms_that_sign(root: Path) -> list[str]:
    """The journal is signed by its signer alone, a process of its own that the command line starts (decision 0027)."""
    signing = {
        "nintei.journal.actions.checkpoint",
        "nintei.journal.signer.sign",
        "nintei.journal.signer.hand_over",
    }
    return [
        _at(root, path, line, f"{what}: ask the signer (`signals.sign_soon_after`) and wait")
        for room, path, tree in modules(root)
        if room not in {"journal", "site"}
        for line, what in [*_imported(tree), *_journal_calls(tree)]
        if what in signing
    ]


def _journal_calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """`name.verb(…)` where the name is one of the journal's modules, under whatever name it was imported."""
    homes = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "nintei.journal"
        for alias in node.names
    }
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in homes:
            yield node.lineno, f"{homes[node.value.id]}.{node.attr}"


def upstairs_keys(root: Path) -> list[str]:
    """A key goes downstairs and protects what it points at; one written as text escapes the linter."""
    floor, offences = floors(root), []
    for room, path, tree in modules(root):
        homes = {
            name.rpartition(".")[2]: name.split(".")[1] for _, name in _imported(tree) if "nintei." in name
        }
        for node in nodes(tree):
            if not isinstance(node, ast.Call) or _called(node) not in KEYS:
                continue
            other = _room_of_key(node, homes) or room
            if other != room and floor.get(other, -1) >= floor[room]:
                offences.append(_at(root, path, node.lineno, f"a key to {other} points upstairs"))
            kept = {ast.unparse(k.value) for k in node.keywords if k.arg == "on_delete"}
            if other != room and kept and kept != {"models.PROTECT"}:
                offences.append(
                    _at(root, path, node.lineno, "a key to another room protects (models.PROTECT)")
                )
    return offences


def _room_of_key(node: ast.Call, homes: dict[str, str]) -> str:
    """The room of the model that a key points at, written as text or imported; nothing for our own."""
    for target in [*node.args[:1], *(k.value for k in node.keywords if k.arg == "to")]:
        if isinstance(target, ast.Constant):
            return str(target.value).rpartition(".")[0]
        if isinstance(target, ast.Name):
            return homes.get(target.id, "")
    return ""


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def doors_that_reach_in(root: Path) -> list[str]:
    """A door asks queries and calls actions; it never touches the tables."""
    offences = []
    for _room, path, tree in modules(root):
        if not _is_a(path, DOORS):
            continue
        for node in nodes(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
                offences.append(_at(root, path, node.lineno, f".{node.attr} in a door: write a query"))
            elif isinstance(node, ast.Call) and not node.args and _called(node) in {"save", "delete"}:
                offences.append(
                    _at(root, path, node.lineno, f".{_called(node)}() in a door: write an action")
                )
    return offences


def queries_that_write(root: Path) -> list[str]:
    """A question changes nothing: only actions write."""
    return [
        _at(root, path, node.lineno, f".{node.func.attr}() in a query: only actions write")
        for _room, path, tree in modules(root)
        if _is_a(path, {"queries"})
        for node in nodes(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING
        if "objects" in ast.unparse(node.func.value) or node.func.attr in {"save", "delete"}
    ]


# Actions that no person does, and checks that change nothing: they have no `by`.
OWN_ACT = "the applicant's own act, and nobody else's"
BY_NOBODY = {
    "applications.amend_renewal": OWN_ACT,
    "applications.begin_with": OWN_ACT,
    "applications.answer_item": OWN_ACT,
    "applications.file_renewal": OWN_ACT,
    "applications.file_renewals": OWN_ACT,
    "applications.remove_item_file": OWN_ACT,
    "applications.sign_pledge": OWN_ACT,
    "applications.start": OWN_ACT,
    "applications.submit": OWN_ACT,
    "applications.withdraw": OWN_ACT,
    "certificates.issue": "carries out an intent that names its actor",
    **dict.fromkeys(("experience.keep_half_answer", "experience.mail_box"), "the attestor's own act"),
    "courses.preview_roster": "changes nothing",
    "insight.evaluate": "counts; changes no record of anybody",
    "journal.checkpoint": "the journal signs itself",
    "notices.post_all": "each draft names its author",
    "ledger.check_draft": "changes nothing",
    "notices.send": "carries out a letter that names its author",
    "people.speak": "a person's own choice of language, as harmless as a cookie",
    "registry.preview_holders": "changes nothing",
    "registry.preview_passes": "changes nothing",
}


def actions_without_an_actor(root: Path) -> list[str]:
    """An action takes keywords only, and `by` (or `actor`, who must be entitled) says who does it."""
    offences = []
    for room, path, tree in modules(root):
        if not _is_a(path, {"actions"}):
            continue
        offered = _offered(path.parent) if path.parent.name == "actions" else None
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if f"{room}.{node.name}" in BY_NOBODY or (offered is not None and node.name not in offered):
                continue
            if node.args.args or node.args.posonlyargs:
                offences.append(
                    _at(root, path, node.lineno, f"{node.name}: an action takes keywords only (*)")
                )
            if not {"by", "actor"} & {a.arg for a in node.args.kwonlyargs}:
                offences.append(_at(root, path, node.lineno, f"{node.name}: an action says by whom (by=)"))
    return offences


def _offered(package: Path) -> set[str]:
    """The names that a package's `__init__.py` offers; the rest are steps inside an action."""
    tree = ast.parse((package / "__init__.py").read_text("utf-8"))
    return {name.rpartition(".")[2] for _line, name in _imported(tree)}


# --- time -----------------------------------------------------------------------------------------


def other_clocks(root: Path) -> list[str]:
    """Ruff bans Python's clocks; these are Django's and the database's, which nobody could set or test."""
    pattern = re.compile(
        r"auto_now(_add)?\b|\b(CURRENT_(TIMESTAMP|DATE)|LOCALTIME(STAMP)?)\b|\bnow\(\)::", re.IGNORECASE
    )
    return [
        _at(root, path, number, f"{found[0]}: another clock; pass the instant in")
        for _room, path, _tree in modules(root)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := pattern.search(line))
    ]


# --- size, names, words ---------------------------------------------------------------------------


def too_long(root: Path) -> list[str]:
    """A function of over 50 lines, or a file of over 400, does more than one thing."""
    offences = []
    for path in (p for p in tracked(root) if p.suffix == ".py" and "migrations" not in p.parts):
        text = path.read_text("utf-8")
        if (lines := len(text.splitlines())) > LONGEST_FILE:
            offences.append(_at(root, path, 1, f"{lines} lines: make it a package of the same name"))
        for node in nodes(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    offences.append(_at(root, path, node.lineno, f"{node.name} has {length} lines"))
    return offences


def names_that_say_nothing(root: Path) -> list[str]:
    """A file is named for what it does, so that one can guess where a thing is."""
    return [
        _at(root, path, 1, f"{part} says nothing: name the thing")
        for path in tracked(root)
        for part in path.relative_to(root).with_suffix("").parts
        if part.lower() in BANNED_NAMES
    ]


def rooms_without_a_word(root: Path) -> list[str]:
    """Each room's `__init__.py` says what the room is for, and every room has its floor."""
    floor, offences = floors(root), []
    for home in sorted(p for p in (root / SRC).iterdir() if (p / "__init__.py").exists()):
        if home.name not in floor:
            offences.append(_at(root, home, 1, "a room without a floor: add it to the import contract"))
        said = ast.get_docstring(ast.parse((home / "__init__.py").read_text("utf-8"))) or ""
        if len(said) < 40:
            offences.append(_at(root, home / "__init__.py", 1, "say what the room is for"))
    return offences


def refusals_without_a_sentence(root: Path) -> list[str]:
    """Whatever is refused says so in both languages: each code is declared in a room's refusals (decision 0011)."""
    calls = [
        (path, node)
        for _room, path, tree in modules(root)
        for node in nodes(tree)
        if isinstance(node, ast.Call) and node.args
    ]
    said = {
        str(key.value)
        for _path, node in calls
        if _called(node) == "declare" and isinstance(node.args[0], ast.Dict)
        for key in node.args[0].keys
        if isinstance(key, ast.Constant)
    }
    return [
        _at(root, path, node.lineno, f"{node.args[0].value!s} has no sentence: declare it in refusals.py")
        for path, node in calls
        if _called(node) == "Refused" and isinstance(node.args[0], ast.Constant)
        if node.args[0].value not in said
    ]


def _glossary(root: Path) -> set[str]:
    entries = tomllib.loads((root / "docs/glossary.toml").read_text("utf-8"))["word"]
    return {name for entry in entries for name in entry["code"]}


def words_outside_the_glossary(root: Path) -> list[str]:
    """Every room, model, choice and table of a rulebook is one word of docs/glossary.toml."""
    known = _glossary(root)
    return [
        _at(root, path, line, f"{word} is not in docs/glossary.toml")
        for path, line, word in [*_room_words(root), *_model_words(root), *_rulebook_words(root)]
        if word not in known
    ]


def _room_words(root: Path) -> Iterator[tuple[Path, int, str]]:
    for home in (root / SRC).iterdir():
        if (home / "__init__.py").exists():
            yield home, 1, home.name


def _model_words(root: Path) -> Iterator[tuple[Path, int, str]]:
    for _room, path, tree in modules(root):
        for node in tree.body:
            if not isinstance(node, ast.ClassDef):
                continue
            bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
            if _is_a(path, {"models"}) and not bases & {"NamedTuple", "BaseUserManager['Person']"}:
                yield path, node.lineno, node.name
            if "TextChoices" in bases:
                yield from ((path, line, value) for line, value in _choices(node))


def _choices(node: ast.ClassDef) -> Iterator[tuple[int, str]]:
    for part in node.body:
        if isinstance(part, ast.Assign):
            value = part.value.elts[0] if isinstance(part.value, ast.Tuple) else part.value
            if isinstance(value, ast.Constant):
                yield part.lineno, str(value.value)


def _rulebook_words(root: Path) -> Iterator[tuple[Path, int, str]]:
    for path in sorted((root / SRC / "rules").rglob("*.toml")):
        for key in tomllib.loads(path.read_text("utf-8")):
            yield path, 1, key


# --- what may not be told -------------------------------------------------------------------------

# Split so that this file does not offend against itself.
UNTELLABLE = re.compile(
    "|".join(
        ["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "npmjs" + r"\.(org|com)",
         "crates" + r"\.io", "index-" + "url", r"(?<![\w.])/wor" + r"k/", r"(?<![\w.])/roo" + r"t/",
         r"(?<![\w.])/home/" + r"\w"]
    )
)  # fmt: skip
HARMLESS = "--no-emit-" + "index" + "-url"  # a flag that keeps a host out


def machine_words(root: Path) -> list[str]:
    """No file names a package registry's host, or a path of the machine it was written on."""
    offences = []
    for path in tracked(root):
        text = path.read_bytes().decode("utf-8", "ignore")
        if not UNTELLABLE.search(text):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if found := UNTELLABLE.search(line.replace(HARMLESS, "")):
                offences.append(_at(root, path, number, f"{found[0]} belongs to one machine or one registry"))
    return offences


# --- the kernel -----------------------------------------------------------------------------------

PURE = ["rules", "payments/matching.py", "payments/matching"]


def impure_kernel(root: Path) -> list[str]:
    """The kernel (and the matching of payments) imports the standard library and itself, nothing else."""
    offences = []
    for _room, path, tree in modules(root):
        inside = path.relative_to(root / SRC)
        if not any(inside.is_relative_to(pure) for pure in PURE):
            continue
        for line, name in _imported(tree):
            ours = name.startswith(("nintei.rules", "nintei.payments.matching"))
            if not ours and name.split(".")[0] not in sys.stdlib_module_names:
                offences.append(
                    _at(root, path, line, f"{name}: the kernel imports the standard library only")
                )
    return offences
