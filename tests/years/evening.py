"""What must hold every evening: the second book and the ledger agree, no cap is exceeded, the journal is whole."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from uuid import UUID

from nintei.journal import queries as journal
from nintei.journal import tree
from nintei.journal.commitments import commit_to
from nintei.journal.models import Leaf
from nintei.ledger import queries as logs
from nintei.people.models import Person
from nintei.registry import queries as holdings
from nintei.registry.models import Certification
from nintei.rules import points
from nintei.rules.balance import Balance
from nintei.rules.edition import Edition
from nintei.shared.rulebook import edition


@dataclass(eq=False)
class Holder:
    """A person, what they hold, and the second book: their lines as kernel records, and which are claimed."""

    person: Person
    held: list[Certification]
    lines: dict[UUID, points.Activity] = field(default_factory=dict)
    claimed: set[UUID] = field(default_factory=set)


class Evening:
    """Looks at whoever did something that day, and at three others; the tree of the journal is grown along."""

    def __init__(self, holders: list[Holder], chance: random.Random) -> None:
        self.holders, self.chance = holders, chance
        self.subtrees: tuple[bytes, ...] = ()
        self.seen = 0

    def check(self, touched: set[int], day: date) -> None:
        """The ledger says what the kernel says of the second book; no cap is exceeded; the journal is whole."""
        book = edition(day)
        some = self.chance.sample(range(len(self.holders)), min(3, len(self.holders)))
        for n in sorted(touched | set(some)):
            holder = self.holders[n]
            for held in holder.held:
                self._check_one(book, holder, held, day)
        self._check_journal()

    def _check_one(self, book: Edition, holder: Holder, held: Certification, day: date) -> None:
        fresh = holdings.by_number(held.number)
        assert fresh is not None
        said = logs.balance(fresh, day)
        term = holdings.current_term(fresh, day)
        claim = logs.claim_for(fresh, term)
        cycle = points.Cycle(
            start=term.starts_on,
            end=term.ends_on,
            submitted_on=claim.filed_on if claim else day,
            certified_on=fresh.certified_on,
            qualification=held.qualification,
        )
        kernel = points.evaluate(book, cycle, holder.lines.values())
        assert (said.total, said.by_category) == (kernel.total, kernel.by_category), (
            f"{day} {held.number}: ledger {said.total} {said.by_category},"
            f" kernel {kernel.total} {kernel.by_category}"
        )
        _check_caps(said)

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
