"""The command line's verbs, a module each: `add_parser(subparsers)` says how it is called, `run(args)` does it."""
