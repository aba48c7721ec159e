"""`nintei work`: the background worker. Several may run; each task is done by one of them."""

from __future__ import annotations

import argparse


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("work", help="the background worker", description=__doc__)
    parser.add_argument("--concurrency", type=int, default=1, metavar="N", help="tasks at once (default: 1)")
    return parser


def run(args: argparse.Namespace) -> int:
    """Work until told to stop (Ctrl-C, SIGTERM): the task in hand is finished first."""
    from nintei.site.ready import django_ready

    with django_ready():
        work(args.concurrency)
    return 0


def work(concurrency: int) -> None:
    """Do the tasks of this installation, in this process, in which Django is ready."""
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(concurrency=concurrency)
