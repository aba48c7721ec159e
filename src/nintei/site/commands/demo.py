"""`nintei demo`: write the demo data, through the same actions that people use. Told twice, it changes nothing."""

from __future__ import annotations

import argparse
import sys


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    return subparsers.add_parser("demo", help="load the demo data", description=__doc__)


def run(args: argparse.Namespace) -> int:
    """Tell every chapter; exit 2 outside demo mode, where invented people have no place."""
    from nintei.site.ready import django_ready, migrate

    with django_ready():
        from django.conf import settings

        if not settings.DEMO:
            print(
                "デモではないので、デモデータを読み込みません。NINTEI_DEMO=1 を指定してください。\n"
                "This is not a demo, so no demo data is loaded. Set NINTEI_DEMO=1.",
                file=sys.stderr,
            )
            return 2
        from nintei.shared import clock
        from nintei.site import demo

        migrate()
        demo.tell(clock.now())
    return 0
