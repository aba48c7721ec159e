"""Frames and draws: what was committed, which checkpoint is the seed's, and whether all is still as it was."""

from __future__ import annotations

import base64
import hashlib
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from nintei.applications.models import Application, Kind
from nintei.audits.draw import Drawn, read_frame, seed_of
from nintei.audits.draw import draw as draw_from
from nintei.audits.models import Draw, Frame, SeedWord, Ticket
from nintei.journal import queries as journal
from nintei.journal.models import Body, Checkpoint, Leaf
from nintei.people.models import Person
from nintei.shared.clock import JST


class Fault(NamedTuple):
    """Something about a draw that is not as it was committed. `code` is stable."""

    code: str
    detail: str


def frames() -> QuerySet[Frame]:
    """Every frame with its draws, the newest first."""
    rows = Frame.objects.select_related("terms").annotate(count=Count("tickets"))
    return rows.prefetch_related("draws").order_by("-number")


def frame(number: int) -> Frame | None:
    """One frame by its number."""
    return Frame.objects.select_related("terms", "committed_by").filter(number=number).first()


def draw(number: int, ordinal: int) -> Draw | None:
    """One draw of a frame."""
    rows = Draw.objects.select_related("frame__terms", "checkpoint", "announced_by", "drawn_by")
    return rows.filter(frame__number=number, ordinal=ordinal).first()


def readings(of: Draw) -> list[SeedWord]:
    """The public number as each person read it."""
    return list(of.words.select_related("said_by"))


def checkpoint_of(of: Draw) -> Checkpoint | None:
    """The seed's checkpoint: the first one signed on the announced (JST) day, if before the public number."""
    day = datetime.combine(of.seed_on, time(), JST)
    following = datetime.combine(later_day(of.seed_on), time(), JST)
    first = Checkpoint.objects.filter(at__gte=day, at__lt=following, size__gt=of.leaf).order_by("at").first()
    return first if first and first.at < of.number_at else None


def decided_before(from_on: date, to_on: date) -> int:
    """How many renewals filed on these (JST) days have been decided already: no draw reaches them any more."""
    rows = Application.objects.filter(kind=Kind.RENEWAL, submitted_on__range=(from_on, to_on))
    return rows.exclude(decision=None).filter(earlier=None).count()


def later_day(on: date) -> date:
    """The day after."""
    return date.fromordinal(on.toordinal() + 1)


def drawn(of: Draw) -> tuple[Drawn, ...]:
    """What the published code draws from the published frame and seed; nothing before it is drawn."""
    if of.drawn_at is None or of.checkpoint is None:
        return ()
    parts = [bytes(of.checkpoint.root).hex(), of.number]
    return draw_from(read_frame(of.frame.text), seed_of(of.frame.text, parts))


def faults(of: Draw) -> tuple[Fault, ...]:
    """Everything that is not as it was committed: the frame, its leaf, the seed, and who is audited."""
    said = _body_of(of)
    digest = hashlib.sha256(of.frame.text.encode()).hexdigest()
    found = []
    if digest != of.frame.sha256:
        found.append(Fault("frame_changed", f"the frame's hash is {digest}"))
    if said is not None and said.get("frame") != digest:
        found.append(Fault("commitment_differs", f"the journal's leaf {of.leaf} names another frame"))
    if said is None:
        found.append(Fault("commitment_missing", f"leaf {of.leaf} of the journal has no body"))
    found += [Fault(f"journal_{each.code}", each.detail) for each in journal.leaf_faults(of.leaf)]
    return (*found, *_seed_faults(of), *_list_faults(of))


def _body_of(of: Draw) -> dict[str, Any] | None:
    body = Body.objects.filter(leaf_id=of.leaf, verb="audits.announce").first()
    return body.data if body else None


def _seed_faults(of: Draw) -> list[Fault]:
    if of.drawn_at is None or of.checkpoint is None:
        return []
    seed = seed_of(of.frame.text, [bytes(of.checkpoint.root).hex(), of.number]).hex()
    return [] if seed == of.seed else [Fault("seed_differs", f"frame and parts give {seed}")]


def _list_faults(of: Draw) -> list[Fault]:
    """Whoever is audited was drawn, and their ticket is the hash of their renewal."""
    if of.drawn_at is None:
        return []
    chosen = {each.ticket for each in drawn(of)}
    found = []
    for ticket in Ticket.objects.filter(audit__draw=of):
        if ticket.ticket not in chosen:
            found.append(Fault("not_drawn", f"ticket {ticket.ticket} is audited and was not drawn"))
        if ticket_of(ticket.salt, str(ticket.application_id)) != ticket.ticket:
            found.append(Fault("ticket_differs", f"ticket {ticket.ticket} is not its renewal's"))
    return found


def ticket_of(salt: str, application: str) -> str:
    """The ticket of a renewal: SHA-256(salt ‖ its id), the salt as 32 bytes."""
    return hashlib.sha256(bytes.fromhex(salt) + application.encode()).hexdigest()


def tickets_of(person: Person) -> list[Ticket]:
    """A person's own tickets, the newest frame first, so that they can look for themselves in the frame."""
    mine = Ticket.objects.filter(application__person=person).select_related("frame", "application")
    return list(mine.order_by("-frame__number"))


def commitment(of: Draw) -> dict[str, Any]:
    """What an outsider needs to check that the frame stood in the journal before the seed: the leaf with its
    salt and body, the way from it to the root of the checkpoint (RFC 6962), and the signed checkpoint."""
    leaf = Leaf.objects.get(pk=of.leaf)
    body = Body.objects.get(pk=of.leaf)
    told: dict[str, Any] = {
        "frame_sha256": of.frame.sha256,
        "leaf": {
            "seq": leaf.seq,
            "at": leaf.at.astimezone(JST).isoformat(),
            "verb": body.verb,
            "by": body.actor,
            "subject": body.subject,
            "data": body.data,
            "salt": bytes(body.salt).hex(),
            "commitment": bytes(leaf.commitment).hex(),
            "hash": bytes(leaf.hash).hex(),
        },
    }
    if of.checkpoint is not None:
        told["checkpoint"] = {"size": of.checkpoint.size, "note": of.checkpoint.note}
        told["path"] = of.path
        encoded = base64.b64encode(bytes(of.checkpoint.root)).decode()
        told["seed"] = {"parts": [bytes(of.checkpoint.root).hex(), of.number], "root_base64": encoded}
    return told
