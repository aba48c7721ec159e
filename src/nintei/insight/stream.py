"""Everybody's lines, streamed from PostgreSQL and judged one holder at a time. No Django here.

A worker reads one slice of the holders by COPY in the order of their certification, keeps one holder in
memory, and writes what it found back by COPY. All workers read the same snapshot.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import psycopg

from nintei.rules import relief
from nintei.rules.balance import left_over
from nintei.rules.decisions import renewal
from nintei.rules.edition import Edition, Window
from nintei.rules.load import load
from nintei.rules.points import Cycle, More, Row, evaluate_rows

READ = """
COPY (
  SELECT t.certification_id, t.starts_on - DATE '0001-01-01' + 1, t.ends_on - DATE '0001-01-01' + 1,
         coalesce(cl.filed_on, DATE '{on}') - DATE '0001-01-01' + 1, c.certified_on - DATE '0001-01-01' + 1,
         c.qualification, a.id, a.category || '|' || a.topic || '|' || a.proof || '|' || a.serves,
         coalesce(s.on BETWEEN k.first_on AND k.last_on, FALSE),
         a.same_activity, a.items, {relief}, {carried}, s.on - DATE '0001-01-01' + 1, s.minutes
  FROM (
    SELECT DISTINCT ON (certification_id) * FROM registry_term
    ORDER BY certification_id, starts_on <= DATE '{on}' DESC,
             CASE WHEN starts_on <= DATE '{on}' THEN starts_on END DESC, starts_on
  ) t
  JOIN registry_certification c ON c.id = t.certification_id
  LEFT JOIN ledger_claim cl ON cl.term_id = t.id AND cl.released_at IS NULL
  LEFT JOIN ledger_activity a ON a.person_id = c.person_id AND a.withdrawn_at IS NULL
  LEFT JOIN ledger_activitysession s ON s.activity_id = a.id
  LEFT JOIN {listed} AS k (id, first_on, last_on) ON k.id = a.course_id
  WHERE c.person_id >= '{first}' AND c.person_id <= '{last}'
  ORDER BY t.certification_id, a.id, s.on
) TO STDOUT
"""
WRITE = "COPY insight_standing (run_id, certification_id, units, unit, lines, met, outcome) FROM STDIN"
RELIEF = """
  CASE WHEN cl.id IS NULL THEN (
    SELECT string_agg(r.kind || ' ' || r.from_on || '/' || r.until_on, ';' ORDER BY r.from_on, r.kind)
    FROM ledger_relief r WHERE r.person_id = c.person_id AND r.ended_at IS NULL
  ) ELSE (
    SELECT string_agg(frozen.one, ';' ORDER BY frozen.place)
    FROM jsonb_array_elements_text(cl.balance -> 'relief') WITH ORDINALITY AS frozen (one, place)
  ) END
"""
"""A holder's windows of hardship, as `rules.relief.told` writes them: those that stand, or those a claim froze."""
CARRIED = """
  CASE WHEN cl.id IS NULL THEN (
    SELECT (b.balance ->> 'total') || '|' || (b.balance ->> 'required')
    FROM registry_term p LEFT JOIN ledger_claim b ON b.term_id = p.id AND b.released_at IS NULL
    WHERE p.certification_id = t.certification_id AND p.starts_on < t.starts_on
    ORDER BY p.starts_on DESC LIMIT 1
  ) ELSE (cl.balance ->> 'carried') || '|0' END
"""
"""The points of the renewal into this term and those it needed (AMB-C16), or what a claim froze of them."""
EVERY = 2000


class Slice(NamedTuple):
    """The part of the population that one worker takes: a range of person ids."""

    first: uuid.UUID
    last: uuid.UUID


def listed(counting: Iterable[tuple[uuid.UUID, date, date | None]]) -> str:
    """Courses and the days on which they count, as a table for `READ`: `courses.queries.counting` is the only rule."""
    rows = [(str(key), str(first), str(last or "infinity")) for key, first, last in counting]
    ids, firsts, lasts = (",".join(row[n] for row in rows) for n in range(3))
    return f"unnest('{{{ids}}}'::uuid[], '{{{firsts}}}'::date[], '{{{lasts}}}'::date[])"


class Done(NamedTuple):
    """What a worker has done: holders and lines."""

    holders: int
    lines: int


@dataclass(slots=True)
class Holder:
    """One certification with the rows of its person, as the stream gives them."""

    certification: str
    start: int
    end: int
    filed: int
    certified: int
    qualification: str
    relief: str
    carried: str
    rows: list[Row]


Judge = Callable[[Holder], tuple[int, int, bool, str]]
"""Units, units to a point, whether the points suffice, the outcome of a renewal filed that day."""

Judged = Callable[[str, date], Judge]
"""Makes a worker's judge from a rulebook and a day; a module's own function, so that it can be sent there."""


def slices(count: int) -> list[Slice]:
    """The person ids in `count` equal ranges; random ids make them equally full."""
    step = (1 << 128) // count
    edges = [*(step * n for n in range(count)), 1 << 128]
    return [Slice(uuid.UUID(int=a), uuid.UUID(int=b - 1)) for a, b in pairwise(edges)]


def judge_by(edition: Edition) -> Judge:
    """The kernel's judgement of a holder; what is the same for many is asked once."""
    days = Days()
    outcomes: dict[tuple[object, ...], str] = {}
    separate = not edition.points.shared_ledger
    from_certification = edition.points.window is Window.FROM_CERTIFICATION

    def judge(holder: Holder) -> tuple[int, int, bool, str]:
        cycle = Cycle(
            days[holder.start],
            days[holder.end],
            days[holder.filed],
            days[holder.certified] if from_certification else None,
            holder.qualification if separate else None,
            carried=_surplus(holder.carried),
            relief=relief.read(holder.relief.split(";")) if holder.relief else (),
        )
        balance = evaluate_rows(edition, cycle, holder.rows)
        units = balance.credited_units + int(balance.carried * balance.frame.unit)
        key = (holder.end, holder.filed, units, balance.required, unmet := balance.unmet)
        if key not in outcomes:
            found = renewal(edition, cycle.end, days[holder.filed], balance.total, unmet, balance.required)
            outcomes[key] = "+".join((str(found.outcome), *found.reasons))
        return units, balance.frame.unit, balance.met, outcomes[key]

    return judge


def by_kernel(rulebook: str, on: date) -> Judge:
    """The judge of a worker: the kernel with the edition in force on a day."""
    return judge_by(load(rulebook, on))


class Days(dict[int, date]):
    """Days by their ordinal, each made once."""

    def __missing__(self, number: int) -> date:
        day = self[number] = date.fromordinal(number)
        return day


def holders(blocks: Iterator[bytes]) -> Iterator[Holder]:
    """The stream cut into holders; sessions of one activity become one row."""
    days = Days()
    traits: dict[tuple[bytes, bytes], tuple[object, ...]] = {}
    holder: Holder | None = None
    key, last = b"", b""
    for block in blocks:
        (
            who,
            start,
            end,
            filed,
            certified,
            qualification,
            line,
            words,
            listed,
            same,
            items,
            hard,
            spare,
            on,
            minutes,
        ) = block[:-1].split(b"\t")
        if holder is None or who != key:
            if holder is not None:
                yield holder
            key, last = who, b""
            named, granted, carried = qualification.decode(), _text(hard), _text(spare)
            days_of = int(start), int(end), int(filed), int(certified)
            holder = Holder(who.decode(), *days_of, named, granted, carried, [])
        if on == b"\\N":
            continue
        kind = traits.get((words, listed)) or traits.setdefault((words, listed), _traits(words, listed))
        day, time = days[int(on)], int(minutes)
        if line != last:
            last = line
            more = More((), same.decode() or None, int(items)) if same or items != b"0" else None
            holder.rows.append((line.decode(), kind, day, time, more))
        else:
            holder.rows[-1] = _longer(holder.rows[-1], kind, day, time)
    if holder is not None:
        yield holder


def _traits(words: bytes, listed: bytes) -> tuple[object, ...]:
    category, topic, proof, serves = words.decode().split("|")
    return category, topic or None, listed == b"t", proof, True, serves or None


def _text(column: bytes) -> str:
    return "" if column == b"\\N" else column.decode()


def _surplus(told: str) -> Fraction:
    """What was not needed of the points told as `total|required`."""
    if not told:
        return Fraction(0)
    total, required = told.split("|")
    return left_over(Fraction(total), Fraction(required))


def _longer(row: Row, kind: tuple[object, ...], day: date, minutes: int) -> Row:
    """A row with one more session; a course counts as registered only if it was on every day (AMB-C10)."""
    key, traits, on, time, more = row
    more = more or More()
    listed = traits if traits[2] else (*traits[:2], False, *traits[3:])
    return (
        key,
        listed if kind[2] else kind,
        on,
        time,
        more._replace(sessions=(*more.sessions, (day, minutes))),
    )


def run_slice(
    dsn: str,
    snapshot: str,
    part: Slice,
    courses: str,
    granted: str,
    carried: str,
    run: int,
    on: date,
    judge: Judge,
    tell: Callable[[int], None],
) -> Done:
    """Read a slice of the snapshot, judge each holder, write the standings; how many holders and lines."""
    counted = lines = 0
    with psycopg.connect(dsn) as source, psycopg.connect(dsn) as target:
        source.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        source.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
        query = READ.format(
            on=on.isoformat(),
            first=part.first,
            last=part.last,
            listed=courses,
            relief=granted,
            carried=carried,
        )
        with source.cursor().copy(query) as out, target.cursor().copy(WRITE) as back:
            waiting: list[str] = []
            for holder in holders(bytes(block) for block in out):
                units, unit, met, outcome = judge(holder)
                waiting.append(
                    f"{run}\t{holder.certification}\t{units}\t{unit}\t{len(holder.rows)}\t{met:d}\t{outcome}\n"
                )
                counted, lines = counted + 1, lines + len(holder.rows)
                if len(waiting) == EVERY:
                    back.write("".join(waiting))
                    waiting.clear()
                    tell(EVERY)
            back.write("".join(waiting))
            tell(len(waiting))
    return Done(counted, lines)
