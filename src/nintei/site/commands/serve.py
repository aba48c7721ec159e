"""`nintei serve`: the web server of an installation, behind a proxy that speaks TLS."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("serve", help="the web server", description=__doc__)
    parser.add_argument("--bind", action="append", metavar="HOST:PORT", help="default: 127.0.0.1:8000")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes (default: 2)")
    return parser


def gunicorn(bind: list[str], workers: int) -> list[str]:
    """The server's command line."""
    return [
        sys.executable, "-m", "gunicorn", "nintei.site.wsgi:application",
        "--worker-class=gthread", "--threads=8", f"--workers={workers}",
        "--no-control-socket", "--graceful-timeout=10", "--log-level=warning",
        *(f"--bind={address}" for address in bind),
    ]  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Bring database and static files up to date, then serve until told to stop."""
    if not os.environ.get("NINTEI_SECRET_KEY"):
        print("NINTEI_SECRET_KEY is not set; `nintei doctor` says how to make one.", file=sys.stderr)
        return 2
    from nintei.site.ready import collect_static, django_ready, migrate

    with django_ready():
        migrate()
        collect_static()
        return _serve(gunicorn(args.bind or ["127.0.0.1:8000"], args.workers))


def _serve(command: list[str]) -> int:
    server = subprocess.Popen(command, start_new_session=True)
    try:
        return server.wait()
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        server.terminate()
        server.wait()
