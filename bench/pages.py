"""The holder's home and log under 16 people at once, beside a bare Django page with one query.

    .venv/bin/python bench/pages.py

The demo is served by the same server as in production on loopback; 16 threads ask for the three pages in
turn, so that what else the machine does falls on all alike. The 95th percentile of each is printed.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import quantiles

PEOPLE, ROUNDS = 16, 12
PAGES = {"bare": "/bare", "home": "/my", "log": "/my/cpd"}


def addresses() -> list[object]:
    """Nintei's addresses, and the bare page of the floor."""
    from django.http import HttpResponse
    from django.urls import path

    from nintei.people.models import Person
    from nintei.site.urls import urlpatterns

    def bare(request: object) -> HttpResponse:
        return HttpResponse(f"<!doctype html><title>1</title><p>{Person.objects.count()}</p>")

    return [path("bare", bare), *urlpatterns]


def server(port: int) -> None:
    """The child: the demo, told and served, with the bare page beside it. Says its cookie when it is ready."""
    from types import ModuleType

    import django
    from django.conf import settings

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from nintei.people.models import Person
    from nintei.shared.clock import now
    from nintei.site import demo
    from nintei.site.commands.serve import serve
    from nintei.site.ready import collect_static, migrate

    migrate()
    collect_static()
    demo.tell(now())
    suzuki = Person.objects.get(email="suzuki@example.jp")
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(suzuki.pk), suzuki.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    module = ModuleType("bench_addresses")
    module.urlpatterns = addresses()  # type: ignore[attr-defined]
    sys.modules["bench_addresses"] = module
    settings.ROOT_URLCONF = "bench_addresses"
    print(session.session_key, flush=True)
    serve([f"127.0.0.1:{port}"], 2)


def ask(port: int, cookie: str, waited: dict[str, list[float]]) -> None:
    """One person: each page in turn, on one connection."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(ROUNDS):
        for name, path in PAGES.items():
            begun = time.perf_counter()
            line.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
            answer = line.getresponse()
            answer.read()
            waited[name].append(time.perf_counter() - begun)
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")


def measure(port: int, cookie: str) -> None:
    """All people at once, and what they waited."""
    waited: dict[str, list[float]] = {name: [] for name in PAGES}
    people = [threading.Thread(target=ask, args=(port, cookie, waited)) for _ in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    slow = {name: quantiles(times, n=20)[-1] * 1000 for name, times in waited.items()}
    for name in ("home", "log"):
        print(
            f"page {name}: ours p95 {slow[name]:.0f} ms floor p95 {slow['bare']:.0f} ms "
            f"ratio {slow[name] / slow['bare']:.1f} ({PEOPLE} people at once, {len(waited[name])} requests)"
        )


def main() -> None:
    """A throw-away cluster and a server of its own, both ended at the end."""
    from nintei.site import postgres

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with postgres.throw_away() as cluster, tempfile.TemporaryDirectory() as var:
        env = {
            **os.environ,
            "DATABASE_URL": cluster.url,
            "NINTEI_VAR": var,
            "NINTEI_DEMO": "1",
            "NINTEI_TODAY": "2026-11-24",
            "NINTEI_SECRET_KEY": "bench",
            "DJANGO_SETTINGS_MODULE": "nintei.site.settings",
        }
        command = [sys.executable, str(Path(__file__)), str(port)]
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as child:
            try:
                cookie = child.stdout.readline().strip() if child.stdout else ""
                wait_for(port)
                measure(port, cookie)
            finally:
                child.terminate()


def wait_for(port: int) -> None:
    """Until the server listens; at most a minute."""
    for _ in range(300):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    if sys.argv[1:]:
        server(int(sys.argv[1]))
    else:
        main()
