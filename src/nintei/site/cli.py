"""The command line. Only the module of the command that was asked for is imported: `nintei check` starts quickly."""

from __future__ import annotations

import argparse
import importlib
import sys

COMMANDS = {
    "demo": "load the demo data",
    "journal": "verify or sign the journal",
    "run": "try it here, with demo data",
    "serve": "the web server",
    "work": "the background worker",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command: 0 done, 1 the answer is no, 2 wrong use or bad input."""
    words = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="nintei", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    name = words[0] if words else ""
    for command, summary in COMMANDS.items():
        if command != name:
            subparsers.add_parser(command, help=summary)
    if name not in COMMANDS:
        parser.parse_args(words)
        return 2
    module = importlib.import_module(f"nintei.site.commands.{name}")
    module.add_parser(subparsers)
    return int(module.run(parser.parse_args(words)))


if __name__ == "__main__":
    sys.exit(main())
