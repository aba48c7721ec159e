"""`nintei run`: try Nintei on this machine. Database, web server, worker and demo data, in one command."""

from __future__ import annotations

import argparse
import ctypes
import multiprocessing
import os
import secrets
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess

from nintei.site.commands.journal import sign_always
from nintei.site.commands.serve import serve
from nintei.site.commands.work import work
from nintei.site.places import VAR

DEMO_LOADED = "nintei demo loaded"
PATIENCE_SECONDS = 30
PR_SET_PDEATHSIG = 1


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    parser = subparsers.add_parser("run", help="try it here, with demo data", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")
    return parser


def run(args: argparse.Namespace) -> int:
    """Start everything, say where it is, and stop everything at Ctrl-C; exit 2 if the port is taken."""
    if not _is_free(args.port):
        print(
            f"ポート {args.port} は使用中です。別の番号を指定してください: make run PORT={args.port + 1}\n"
            f"Port {args.port} is in use. Choose another: make run PORT={args.port + 1}",
            file=sys.stderr,
        )
        return 2
    _set_environment(args.port)
    from nintei.site.postgres import NoPostgres
    from nintei.site.ready import collect_static, django_ready, migrate

    try:
        with django_ready():
            migrate()
            collect_static()
            _load_demo_once()
            return _serve_until_told_to_stop(args.port)
    except KeyboardInterrupt:
        return 0
    except NoPostgres as missing:
        print(missing, file=sys.stderr)
        return 2


def _set_environment(port: int) -> None:
    """What an operator would set by hand; whatever is set already is kept."""
    os.environ.setdefault("NINTEI_DEMO", "1")
    os.environ.setdefault("NINTEI_SECRET_KEY", _secret_key())
    os.environ.setdefault("NINTEI_BASE_URL", f"http://localhost:{port}")


def _secret_key() -> str:
    """This installation's own key, made at the first start and kept where only its owner can read it."""
    path = VAR / "secret-key"
    VAR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        new = VAR / f"secret-key.{os.getpid()}"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(48), "ascii")
        # A link fails where the name exists: of two first starts, one gives the key to both.
        with suppress(FileExistsError):
            path.hardlink_to(new)
        new.unlink()
    return path.read_text("ascii")


# --- demo data ------------------------------------------------------------------------------------


def _load_demo_once() -> None:
    """Load the demo data at the first start of a database; the database itself remembers that it has it."""
    if os.environ["NINTEI_DEMO"] != "1" or _demo_is_loaded():
        return
    from nintei.site import cli

    if cli.main(["demo"]) != 0:
        raise SystemExit("デモデータを読み込めませんでした。 The demo data could not be loaded.")
    from django.db import connection

    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [DEMO_LOADED])


def _demo_is_loaded() -> bool:
    from django.db import connection

    question = (
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return bool(cursor.fetchone() == (DEMO_LOADED,))


# --- processes ------------------------------------------------------------------------------------


def _serve_until_told_to_stop(port: int) -> int:
    """Fork server, worker and signer from here, where Django is ready already, and watch over them."""
    from django.db import connections

    connections.close_all()
    with _child(serve, _addresses(port), 2) as server:
        _wait_for_answer(port, server)  # what somebody waits for comes first: the others would slow it
        with _child(work, 1) as worker, _child(sign_always) as signer:
            _greet(port)
            return _watch({"server": server, "worker": worker, "signer": signer})


def _watch(children: dict[str, BaseProcess]) -> int:
    """Until one of them ends by itself: 1, and its name is said."""
    while True:
        for name, child in children.items():
            if not child.is_alive():
                print(f"The {name} ended by itself, with status {child.exitcode}.", file=sys.stderr)
                return 1
        time.sleep(0.2)


@contextmanager
def _child(task: Callable[..., None], *arguments: object) -> Iterator[BaseProcess]:
    """A process that lives no longer than this block, and dies with us even if we are killed."""
    child = multiprocessing.get_context("fork").Process(target=_as_child, args=(task, *arguments))
    child.start()
    try:
        yield child
    finally:
        child.terminate()
        child.join(timeout=15)
        if child.is_alive():
            child.kill()
            child.join()


def _as_child(task: Callable[..., None], *arguments: object) -> None:
    os.setsid()  # Ctrl-C reaches the parent alone, which stops things in order
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    task(*arguments)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _addresses(port: int) -> list[str]:
    """Both addresses of `localhost`, where this machine has both: browsers try the second one first."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return [f"127.0.0.1:{port}"]
    return [f"127.0.0.1:{port}", f"[::1]:{port}"]


def _wait_for_answer(port: int, server: BaseProcess) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.is_alive():
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE_SECONDS).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("サーバーが応答しません。 The server does not answer.")


def _greet(port: int) -> None:
    print(f"\n  http://localhost:{port}\n", flush=True)
    if os.environ["NINTEI_DEMO"] == "1":
        from nintei.site.cast import CAST, DOMAIN

        print("  デモの登場人物（確認コードは /demo のメール箱に届きます）")
        print("  People of the demo (their sign-in codes arrive in the mailbox at /demo)\n")
        for name, part in CAST.items():
            print(f"  {name + '@' + DOMAIN:<20}  {part.ja} / {part.en}")
        print()
    print("  Ctrl-C で終了します。 Ctrl-C stops everything.\n", flush=True)
