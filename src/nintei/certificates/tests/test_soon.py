"""How soon a revocation is seen: on our page at once, on the public lists as soon as the worker is free (issue 6)."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from nintei.certificates import publishing
from nintei.certificates.credentials import statuslist
from nintei.certificates.tests.world import NOON, issued
from nintei.registry import actions as registry

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    """What waits, by the worker itself; in a thread of its own, for a browser test's loop may run in this one."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(_work).result()


def _work() -> None:
    worker: Any = app.connector
    try:
        with app.replace_connector(worker.get_worker_connector()) as working:
            working.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)
    finally:
        connection.close()


def waiting() -> list[object]:
    """For when the lists are to be published: None is at once."""
    jobs = ProcrastinateJob.objects.filter(task_name="certificates.publish", status="todo")
    return list(jobs.values_list("scheduled_at", flat=True))


def test_a_revocation_is_on_the_page_at_once_and_on_the_lists_within_their_ttl(
    client: Any, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-24")
    settings.DEMO, settings.VAR, settings.CREDENTIALS_FOLDER = True, tmp_path, str(tmp_path / "lists")
    certification = issued().term.certification
    work()
    place, page = certification.status_place, f"/verify/{certification.number}?id={certification.verify_id}"
    fetched = lambda: client.get("/credentials/status/revocation/1")  # noqa: E731

    def revoked() -> bool:
        credential = json.loads(b"".join(fetched().streaming_content))
        assert credential["credentialSubject"]["ttl"] == publishing.TTL == 5 * 60 * 1000
        return statuslist.bit(
            statuslist.bits_of(credential["credentialSubject"]["encodedList"]), str(place.index)
        )

    assert ("この資格は有効です" in client.get(page).content.decode(), revoked(), waiting()) == (
        True,
        False,
        [],
    )
    registry.revoke(by="x", certification=certification, on=NOON.date(), cause="c", at=NOON)
    shown = client.get(page)
    assert "取り消されました" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]  # nobody in between shows yesterday's answer
    assert (revoked(), waiting()) == (False, [None])
    work()
    assert (revoked(), waiting()) == (True, [])
    assert fetched()["Cache-Control"] == "public, max-age=60"
    crons = {each.task.name: each.cron for each in app.periodic_registry.periodic_tasks.values()}
    assert crons["certificates.publish_again"] == "*/5 * * * *"  # a day that begins without anybody's doing
