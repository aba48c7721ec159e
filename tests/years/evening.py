"""What must hold every evening: the second book and the ledger agree, no cap is exceeded, the journal is whole."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from nintei.journal import queries as journal
from nintei.journal import tree
from nintei.journal.commitments import commit_to
from nintei.journal.models import Leaf
from nintei.ledger import queries as logs
from nintei.ledger.models import Claim, Relief
from nintei.people.models import Person
from nintei.registry import queries as holdings
from nintei.registry.models import Certification, Term
from nintei.rules import points
from nintei.rules.balance import Balance
from nintei.shared.clock import JST
from nintei.shared.rulebook import edition

DAY = timedelta(days=1)


def at(day: date, hour: int = 10) -> datetime:
    """An hour of a day in Japan."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=JST)


@dataclass(eq=False)
class Holder:
    """A person, what they hold, and the second book: their lines as kernel records, and which are claimed."""

    person: Person
    held: list[Certification]
    place: int = 0
    lines: dict[UUID, points.Activity] = field(default_factory=dict)
    claimed: set[UUID] = field(default_factory=set)
    reliefs: list[tuple[date, date]] = field(default_factory=list)


class Evening:
    """Looks at whoever did something that day and at a share of the others, so that a month sees everybody.

    All of them in the few queries of `balances`, three by `balance` too, as their own pages do. The tree of the
    journal is grown along from yesterday's: only the leaves of the day are read, until `verify` reads all of them.
    """

    def __init__(self, holders: list[Holder], chance: random.Random) -> None:
        self.holders, self.chance = holders, chance
        self.subtrees: tuple[bytes, ...] = ()
        self.seen = self.evenings = self.sums = self.verified = 0

    def check(self, touched: set[int], day: date) -> None:
        """The ledger says what the kernel says of the second book; no cap is exceeded; the journal is whole."""
        book = edition(day)
        some = set(self.chance.sample(range(len(self.holders)), min(3, len(self.holders))))
        turn = set(range(day.day, len(self.holders), 31))
        chosen = [self.holders[n] for n in sorted(touched | some | turn)]
        owners = {held.pk: holder for holder in chosen for held in holder.held}
        wanted = Term.objects.filter(certification__in=list(owners))
        fresh = [(held, holdings.current_term(held, day)) for held in holdings.certifications_with(wanted)]
        said = logs.balances(fresh, day)
        filed = dict(
            Claim.objects.filter(term__in=[term.pk for _, term in fresh], released_at=None).values_list(
                "term_id", "filed_on"
            )
        )
        for held, term in fresh:
            holder = owners[held.pk]
            kernel = points.evaluate(book, _cycle(held, term, filed.get(term.pk, day)), holder.lines.values())
            told = [said[held.pk], *([logs.balance(held, day)] if holder.place in some else [])]
            for each in told:
                _check_sums(held, day, each, kernel)
        self.evenings, self.sums = self.evenings + 1, self.sums + len(fresh)
        self._check_reliefs(chosen)
        self._check_journal()

    def verify(self) -> None:
        """The journal from its first leaf, as the product verifies it, is the tree that was grown along."""
        verified = journal.verify()
        assert (verified.faults, verified.size, verified.root) == ((), self.seen, tree.root(self.subtrees))
        self.verified += 1

    def _check_reliefs(self, chosen: list[Holder]) -> None:
        """The windows on the list are those that were granted and not ended; they change no sum (all unset)."""
        stand = Relief.objects.filter(person__in=[each.person for each in chosen], ended_at=None)
        listed = sorted(stand.values_list("person_id", "from_on", "until_on"))
        assert listed == sorted((each.person.pk, *span) for each in chosen for span in each.reliefs)

    def _check_journal(self) -> None:
        """Every new leaf is what its body says, and the tree grown from them is the tree of the journal."""
        for leaf in Leaf.objects.filter(seq__gte=self.seen).order_by("seq").select_related("body"):
            body = leaf.body
            said = {"by": body.actor, "verb": body.verb, "subject": body.subject, "data": body.data}
            hashed = tree.leaf_hash(commit_to(bytes(body.salt), at=leaf.at, **said))
            assert (leaf.seq, bytes(leaf.hash)) == (self.seen, hashed)
            self.subtrees = tree.append(self.seen, self.subtrees, hashed)
            self.seen += 1
        assert journal.head() == (self.seen, tree.root(self.subtrees))


def _cycle(held: Certification, term: Term, submitted_on: date) -> points.Cycle:
    return points.Cycle(
        start=term.starts_on,
        end=term.ends_on,
        submitted_on=submitted_on,
        certified_on=held.certified_on,
        qualification=held.qualification,
    )


def _check_sums(held: Certification, day: date, said: Balance, kernel: Balance) -> None:
    assert (said.total, said.by_category) == (kernel.total, kernel.by_category), (
        f"{day} {held.number}: ledger {said.total} {said.by_category},"
        f" kernel {kernel.total} {kernel.by_category}"
    )
    _check_caps(said)


def _check_caps(said: Balance) -> None:
    """The caps of CPD-B.5, C.6, D.9, added up by hand."""
    years: defaultdict[tuple[str, int], Fraction] = defaultdict(Fraction)
    cycles: defaultdict[str, Fraction] = defaultdict(Fraction)
    for line in said.lines:
        cycles[line.category] += line.credited
        for share in line.years:
            years[line.category, share.year] += share.credited
    assert all(worth <= 5 for (code, _), worth in years.items() if code in "BCD")
    assert all(worth <= 15 for code, worth in cycles.items() if code in "BCD")
