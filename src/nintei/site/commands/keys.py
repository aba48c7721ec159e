"""`nintei keys list|new|forget|publish`: the keys that sign certificates and lists (the journal has its own)."""

from __future__ import annotations

import argparse
import sys

DESCRIPTION = {
    "ja": "認定証と一覧に署名する鍵を見る、新しくする、古い秘密鍵を消す、公開の一覧を署名し直す。",
    "en": "The keys that sign certificates and lists: list, replace, forget; sign the public lists anew.",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """`nintei keys …`"""
    parser = subparsers.add_parser("keys", help=DESCRIPTION["en"], description=" ".join(DESCRIPTION.values()))
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="every pair of keys, its days, whether the private part is here")
    verbs.add_parser("new", help="make a new pair; from now on it signs")
    forget = verbs.add_parser("forget", help="delete the private part of a pair that was replaced")
    forget.add_argument("number", type=int, metavar="NUMBER")
    verbs.add_parser("publish", help="sign the public lists anew")
    return parser


def run(args: argparse.Namespace) -> int:
    """0 done; 1 where it may not be, with the reason."""
    from nintei.certificates.keyring import NoSuchKey
    from nintei.site.ready import django_ready

    doing = {"list": _list, "new": _new, "forget": lambda: _forget(args.number), "publish": _publish}
    with django_ready():
        try:
            return doing[args.verb]()
        except NoSuchKey as fault:
            print(fault, file=sys.stderr)
            return 1


def _list() -> int:
    from nintei.certificates import keyring, places
    from nintei.certificates.credentials.multikey import multikey

    folder = places.keys_folder()
    for pair in keyring.ring(folder):
        here = "private" if (folder / f"{pair.number}.ed25519").exists() else "public"
        print(pair.number, multikey(pair.public), pair.since, pair.until or "-", here, sep="\t")
    return 0


def _new() -> int:
    from nintei.certificates import actions, publishing
    from nintei.shared.clock import now

    pair = actions.new_key(by="system", at=now())
    publishing.publish(now())
    print(pair.number, pair.public.hex(), sep="\t")
    return 0


def _forget(number: int) -> int:
    from nintei.certificates import actions
    from nintei.shared.clock import now

    actions.forget_key(by="system", number=number, at=now())
    return 0


def _publish() -> int:
    from nintei.certificates import publishing
    from nintei.shared.clock import now

    print(publishing.publish(now()))
    return 0
