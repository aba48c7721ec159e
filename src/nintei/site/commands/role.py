"""`nintei role list` and `nintei role first EMAIL`: who holds which role, and the first members of the board."""

from __future__ import annotations

import argparse
import sys

DESCRIPTION = {
    "ja": "役割を見る。最初の理事を2人まで登録する。そのあとの役割は /office/roles で定めます。",
    "en": "See the roles; enter the first members of the board, at most two. All else on /office/roles.",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("role", help=DESCRIPTION["en"], description=" ".join(DESCRIPTION.values()))
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="who holds which role today")
    first = verbs.add_parser("first", help="make somebody a member of the board, while fewer than two are")
    first.add_argument("email", metavar="EMAIL", help="the address of an account made at /sign-up")
    return parser


def run(args: argparse.Namespace) -> int:
    """0 done; 1 where it may not be, with the reason; 2 for an address without an account."""
    from nintei.site import ready

    with ready.django_ready():
        from django.utils import translation

        with translation.override(args.lang):
            return _list() if args.verb == "list" else _first(args.email)


def _list() -> int:
    from nintei.people.models import Role
    from nintei.people.queries import holders_of
    from nintei.shared import clock

    for role in Role:
        for person in holders_of((role,), on=clock.today()):
            print(f"{role.value}\t{role.label}\t{person.email or '-'}\t{person.name}")
    return 0


def _first(email: str) -> int:
    from django.utils.translation import gettext as _

    from nintei.people import actions, queries
    from nintei.shared import clock
    from nintei.shared.refusals import Refused

    person = queries.person_by_email(email)
    if person is None:
        said = _("%(email)s のアカウントはありません。先に /sign-up で登録してください。")
        print(said % {"email": email}, file=sys.stderr)
        return 2
    try:
        actions.appoint_first(by="system", person=person, on=clock.today(), at=clock.now())
    except Refused as refused:
        print(refused.sentence(), file=sys.stderr)
        return 1
    print(_("%(email)s を理事にしました。") % {"email": email})
    return 0
