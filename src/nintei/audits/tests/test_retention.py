"""How long what was shown is kept: for ever while nobody has said, to the day when they have."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nintei.applications.models import Application
from nintei.audits import actions, queries
from nintei.audits.actions import TermsSaid
from nintei.audits.models import Audit, LineFile
from nintei.audits.tests.conftest import (
    DRAWN_ON,
    WRITTEN,
    announce,
    at,
    checked,
    drawn,
    paper,
    set_terms,
)
from nintei.journal import queries as journal
from nintei.journal.models import Body
from nintei.ledger import actions as ledger
from nintei.ledger.models import Activity
from nintei.people.models import Person
from nintei.shared import files
from nintei.shared.files import TakenFile
from nintei.shared.tests.test_pictures import png
from nintei.site.tests.access import browser

pytestmark = pytest.mark.django_db
NEVER, LAST = date(2099, 1, 1), date(2028, 4, 1)


def erased(on: date) -> int:
    return actions.erase_due(by="system", on=on, at=at(on))


def test_papers_go_when_their_months_are_over_and_never_while_those_are_unset(
    settings: Any, tmp_path: Path, renewal: Application, ito: Person, kato: Person, board: Person
) -> None:
    settings.VAR = tmp_path
    set_terms(board, kato, share=Decimal(100), retention_months=None)
    audit = drawn(announce(ito), ito, kato)[0]
    alone, shared = paper(), files.take_in(SimpleUploadedFile("鈴木の記録.png", png(9, 9)))
    for line in queries.lines(audit):
        actions.answer_line(
            actor=audit.person, line=line, words="家の事情の説明です。", as_other=False, nothing=False,
            files=[alone, shared] if line.ordinal == 1 else [], on=DRAWN_ON, at=at(DRAWN_ON, 12),
        )  # fmt: skip
    actions.send(actor=audit.person, audit=audit, version=None, on=DRAWN_ON, at=at(DRAWN_ON, 13))
    own = Activity.objects.filter(person=audit.person).latest("logged_at")
    ledger.attach_evidence(by=audit.person.by, activity=own, taken=shared, at=at(DRAWN_ON))
    assert queries.kept_papers(NEVER) == []  # nothing is over yet
    checked(audit, ito, kato)

    # Unset: nothing goes, and the page says so.
    page, shown = reverse("audits:papers"), reverse("audits:office_paper", args=[audit.pk, alone.sha256])
    assert [(each.files, each.until, each.is_past) for each in queries.kept_papers(NEVER)] == [
        (2, None, False)
    ]
    assert erased(NEVER) == 0
    assert "定められるまで、何も削除しません。" in browser(ito).get(page).content.decode()
    assert browser(ito).get(shown).status_code == 200

    # Two people say a year: the last day keeps everything, the next one deletes.
    said = TermsSaid(**(WRITTEN | {"retention_months": 12, "from_on": date(2027, 4, 1)}))
    terms = actions.propose_terms(actor=board, said=said, on=DRAWN_ON, at=at(DRAWN_ON))
    actions.answer_terms(actor=kato, terms=terms, agreed=True, on=DRAWN_ON, at=at(DRAWN_ON))
    assert queries.kept_until(audit, LAST) == date(2028, 3, 2)
    assert erased(date(2028, 3, 2)) == 0
    assert files.place_of(alone.sha256).exists()
    assert [each.is_past for each in queries.kept_papers(date(2028, 3, 3))] == [True]
    assert (erased(date(2028, 3, 3)), erased(LAST)) == (1, 0)

    _what_remains(audit, alone, shared)
    assert browser(ito).get(shown).status_code == 404
    assert (
        "書類と説明は、保管の期間が終わったので"
        in browser(ito).get(reverse("audits:case", args=[audit.pk])).content.decode()
    )
    assert "削除したもの" in browser(ito).get(page).content.decode()


def _what_remains(audit: Audit, alone: TakenFile, shared: TakenFile) -> None:
    """Gone: the file and the words. There: the hash, the result, the leaf, and what the holder's own log has."""
    assert [files.place_of(each.sha256).exists() for each in (alone, shared)] == [False, True]
    told = LineFile.objects.order_by("sha256").values_list("sha256", "file_name")
    assert list(told) == [(each, "") for each in sorted([alone.sha256, shared.sha256])]
    assert {line.words for line in queries.lines(audit)} == {""}
    assert [queries.papers(queries.lines(audit))[1], queries.kept_papers(LAST)] == [[], []]
    leaf = Body.objects.get(verb="audits.erase")
    assert (leaf.data["files"], leaf.data["kept"]) == ([alone.sha256], [shared.sha256])
    assert journal.verify().faults == ()
