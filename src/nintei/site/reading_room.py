"""The office's reading room of the journal: who did what to which case, and a leaf's proof to take away."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nintei.applications import words
from nintei.applications.queries import reading as applications
from nintei.journal import prooffile, proofs, queries, signer
from nintei.journal.queries import Entry, Wanted
from nintei.payments.queries.names import names_of
from nintei.people import queries as people
from nintei.people import wording
from nintei.people.doors import Signed, require, roles
from nintei.people.models import Role
from nintei.registry import queries as registry
from nintei.shared.clock import now
from nintei.site.wording import DEEDS

STAFF = tuple(role for role in Role if role is not Role.PROVIDER)
# What a leaf says can be about somebody's health or money: who has to look at cases sees it, others that it was.
BODIES = frozenset({Role.REVIEWER, Role.DECIDER, Role.REGISTRAR})
WORDS = forms.TextInput({"autocomplete": "off"})


class AskForm(forms.Form):
    """What is looked for; every field may stay empty."""

    who = forms.CharField(label=_("だれが"), required=False, max_length=100, widget=WORDS)
    about = forms.CharField(label=_("だれの、どの件に"), required=False, max_length=200, widget=WORDS)
    room = forms.ChoiceField(
        label=_("何について"), required=False, choices=[("", _("どれでも")), *wording.ROOMS.items()]
    )
    since = forms.DateField(label=_("いつから"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("いつまで"), required=False, widget=forms.DateInput({"type": "date"}))


@require(*STAFF)
@require_safe
def index(request: Signed) -> HttpResponseBase:
    """Everything recorded, the newest first; narrower by actor, kind, subject and days."""
    form = AskForm(request.GET)
    wanted = _wanted(form.cleaned_data) if form.is_valid() else Wanted()
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        wanted = replace(wanted, before=int(before))
    found = queries.entries(wanted)
    page = {"form": form, "rows": _rows(found.entries), "narrow": wanted.narrow, "before": wanted.before}
    if settings.JOURNAL_WITNESSES:
        page["trouble"] = [stand for stand in queries.stands(None, now()) if stand.trouble]
    if found.before is not None:
        kept = {key: value for key, value in request.GET.items() if value and key in form.fields}
        page["older"] = urlencode(kept | {"before": found.before})
    return render(request, "site/reading_room.html", page)


@require(*STAFF)
@require_safe
def leaf(request: Signed, seq: int) -> HttpResponseBase:
    """One leaf: who, when, what about; what it says, for those who look at cases."""
    entry = _entry(seq)
    proven = signed_up_to()
    page = {
        "row": _rows([entry])[0],
        "said": json.dumps(entry.data, ensure_ascii=False, indent=2, sort_keys=True),
        "may_read": not BODIES.isdisjoint(roles(request)),
        "faults": queries.leaf_faults(seq),
        "proven": proven > seq,
    }
    return render(request, "site/reading_room_leaf.html", page)


@require(*sorted(BODIES))
@require_safe
def proof(request: Signed, seq: int) -> HttpResponseBase:
    """The leaf's proof as a file; in its `extra` what the leaf commits to, so that whoever gets it can compare."""
    _entry(seq)
    try:
        told = signer.proof(seq, queries.said(seq) or b"")
    except proofs.ProofError:
        raise Http404 from None
    answer = HttpResponse(prooffile.text_of(told), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="nintei-{seq}.tlog-proof"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def signed_up_to() -> int:
    """How many leaves the newest checkpoint has."""
    newest = queries.checkpoints(1)
    return newest[0].size if newest else 0


def _entry(seq: int) -> Entry:
    entry = queries.entry(seq)
    if entry is None:
        raise Http404
    return entry


def _wanted(asked: dict[str, Any]) -> Wanted:
    first: date | None = asked["since"]
    return Wanted(
        actors=_people(asked["who"]) if asked["who"] else None,
        subjects=_about(asked["about"]) if asked["about"] else None,
        room=asked["room"],
        from_on=first,
        to_on=asked["until"],
    )


def _people(words_: str) -> frozenset[str]:
    """Actors with this name; what the program itself did is `system`."""
    return frozenset({words_, *(person.by for person in people.people_called(words_)[:50])})


def _about(words_: str) -> frozenset[str]:
    """Subjects: a case or certification by its number, a person and theirs by name, anything by the journal's word."""
    who = {person.pk for person in people.people_called(words_)[:50]}
    found = applications.references(words_, who) + registry.subjects_of(words_, who)
    return _people(words_) | frozenset(found)


def _rows(found: list[Entry]) -> list[dict[str, Any]]:
    """Each entry with the names of who did it and of what it is about: at most four queries for any number."""
    names = names_of([name for each in found for name in (each.actor, each.subject)])
    cases = applications.numbers({each.subject for each in found if each.subject.startswith("application:")})
    held = registry.subjects(each.subject for each in found)
    return [
        {
            "held": held.get(each.subject),
            "entry": each,
            "who": names.get(each.actor, ""),
            "what": _deed(each, names),
            "about": names.get(each.subject, ""),
            "case": cases.get(each.subject),
            "url": reverse("reading_room_leaf", args=[each.seq]),
        }
        for each in found
    ]


def _deed(entry: Entry, names: dict[str, str]) -> object:
    """What was done, in words; a verb without any is shown by its name alone."""
    if entry.verb in words.VERBS:
        return words.told(entry.verb, entry.actor, names, entry.data)
    return DEEDS.get(entry.verb, "")
