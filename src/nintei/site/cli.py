"""The command line. Only the module of the command that was asked for is imported: `nintei check` starts quickly.

Every command answers in Japanese or English (`--lang`, else the environment), ends with 0 for done, 1 when
the answer is no and 2 for wrong use or bad input.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys

COMMANDS = {
    "backup": ("全体をバックアップする", "a consistent backup"),
    "check": ("CPDの記録や申請の内容を確かめる", "check a CPD log or an application"),
    "conformance": ("適合性の事例を実行する", "run conformance cases"),
    "demo": ("デモのデータを読み込む", "load the demo data"),
    "doctor": ("設定の誤りと直し方を調べる", "what is misconfigured and how to mend it"),
    "evaluate": (
        "全員の残高と更新の結果を一度に求める",
        "every holder's balance and renewal outcome at once",
    ),
    "import": ("ファイルを読み込む", "bring a file in"),
    "journal": ("記録簿を検証し、署名する", "verify or sign the journal"),
    "keys": ("認定証に署名する鍵を見る、替える", "list or replace the keys that sign certificates"),
    "replay": ("決定を計算し直す", "compute decisions again"),
    "restore": ("バックアップを戻して検証する", "bring a backup back and verify it"),
    "role": ("役割を見る、最初の理事を登録する", "see roles, enter the first members of the board"),
    "rulebook": ("ルールブックを調べる、表示する、比べる", "lint, show or compare rulebooks"),
    "run": ("デモのデータで試しに動かす", "try it here, with demo data"),
    "serve": ("ウェブサーバーを動かす", "the web server"),
    "verify": ("認定証をオフラインで確かめる", "check a certificate offline"),
    "work": ("裏方の作業を動かす", "the background worker"),
}
_NO_TABLES = {
    "ja": "データベースに、このプログラムの表がないか、古い表しかありません。nintei serve(試すだけならば nintei run)を一度動かすと、表ができます。",
    "en": "The database has no tables of this program, or only old ones. Start nintei serve (nintei run to try it here) once: it makes them.",
}
_NO_DATABASE = {
    "ja": "データベースにつながりません({why})。DATABASE_URL と、データベースが動いているかを確かめてください。",
    "en": "The database cannot be reached ({why}). Check DATABASE_URL, and that the database runs.",
}
_MISSING = {"42P01", "42703", "3F000"}  # no such table, column, schema
_HERE = os.path.join(os.path.dirname(__file__), "commands")
_OTHER_LANGUAGE = {
    "ja": "結果は日本語または英語で示します(--lang ja|en)。終了コード: 0 完了、1 答えは「いいえ」、2 使い方か入力の誤り。",
    "en": "Answers in Japanese or English (--lang ja|en). Exit: 0 done, 1 the answer is no, 2 wrong use or bad input.",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command: 0 done, 1 the answer is no, 2 wrong use or bad input."""
    try:
        lang, words = _language(sys.argv[1:] if argv is None else argv)
        return _run(lang, words)
    except BrokenPipeError:  # the reader has gone (`nintei … | head`): nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(lang: str, words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="nintei", description=_OTHER_LANGUAGE[lang])
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    name = words[0] if words else ""
    there = {command: summary for command, summary in COMMANDS.items() if _exists(command)}
    for command, (ja, en) in there.items():
        if command != name:
            subparsers.add_parser(command, help=ja if lang == "ja" else en)
    if name not in there:
        if not words:
            parser.print_help(sys.stderr)
        else:
            parser.parse_args(words)
        return 2
    module = importlib.import_module(f"nintei.site.commands.{_module(name)}")
    module.add_parser(subparsers)
    args = parser.parse_args(words, argparse.Namespace(lang=lang))
    try:
        return int(module.run(args))
    except Exception as error:
        sentence = _of_the_database(error, lang)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 2


def _of_the_database(error: Exception, lang: str) -> str | None:
    """What to do where a database is missing or empty; None for every other error, which is ours to mend."""
    if type(error).__module__ != "django.db.utils":  # asked by name: most commands never import Django
        return None
    if getattr(error.__cause__, "sqlstate", None) in _MISSING:
        return _NO_TABLES[lang]
    if type(error).__name__ == "OperationalError" and getattr(error.__cause__, "sqlstate", None) is None:
        return _NO_DATABASE[lang].format(why=str(error).strip().splitlines()[0])
    return None


def _module(command: str) -> str:
    """`import` is a word of Python's own: its module is `import_`."""
    return "import_" if command == "import" else command


def _exists(command: str) -> bool:
    path = os.path.join(_HERE, _module(command))
    return os.path.exists(f"{path}.py") or os.path.exists(os.path.join(path, "__init__.py"))


def _language(argv: list[str]) -> tuple[str, list[str]]:
    """The language asked for by `--lang`, wherever it stands, or the environment's; and the other words."""
    words, lang = list(argv), None
    for place, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang" or word.startswith("--lang="):
            lang = word.partition("=")[2] or "".join(words[place + 1 : place + 2])
            del words[place : place + (1 if "=" in word else 2)]
            break
    if lang is not None and lang in ("ja", "en"):
        return lang, words
    if lang is not None:
        print(f"nintei: --lang {lang}: ja | en", file=sys.stderr)
        raise SystemExit(2)
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ja" if spoken.startswith("ja") else "en", words


if __name__ == "__main__":
    sys.exit(main())
