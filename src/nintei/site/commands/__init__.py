"""The command line, one module a command: `add_parser(subparsers)` and `run(args) -> int`.

Imports that cost time stand inside the functions: `nintei check` starts in milliseconds.
"""
