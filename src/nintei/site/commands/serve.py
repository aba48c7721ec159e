"""`nintei serve`: the web server of an installation, behind a proxy that speaks TLS."""

from __future__ import annotations

import argparse
import os
import sys


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("serve", help="the web server", description=__doc__)
    parser.add_argument("--bind", action="append", metavar="HOST:PORT", help="default: 127.0.0.1:8000")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes (default: 2)")
    return parser


def run(args: argparse.Namespace) -> int:
    """Bring database and static files up to date, then serve until told to stop."""
    if not os.environ.get("NINTEI_SECRET_KEY"):
        print(
            "NINTEI_SECRET_KEY is not set. Make one once and keep it:\n"
            "  python -c 'import secrets; print(secrets.token_urlsafe(48))'",
            file=sys.stderr,
        )
        return 2
    from nintei.site.ready import collect_static, django_ready, migrate

    with django_ready():
        migrate()
        collect_static()
        serve(args.bind or ["127.0.0.1:8000"], args.workers)
    return 0


def serve(bind: list[str], workers: int) -> None:
    """Serve from this process, in which Django is ready, until it is told to stop (raises `SystemExit`)."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            chosen = {
                "bind": bind, "workers": workers, "worker_class": "gthread", "threads": 8, "preload_app": True,
                "control_socket_disable": True, "graceful_timeout": 10, "loglevel": "warning",
            }  # fmt: skip
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            from django.urls import resolve

            from nintei.site.wsgi import application

            resolve("/")  # every room's pages, read once for all the workers that are forked from here
            connections.close_all()  # a connection cannot be shared by the workers forked from here
            return application

    Server().run()
