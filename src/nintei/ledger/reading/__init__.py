"""What a file of evidence seems to say, read here and nowhere else: a proposal with its place, never a decision."""

from nintei.ledger.reading.finding import Found, found_in, said_by
from nintei.ledger.reading.lines import Line, lines_of

__all__ = ["Found", "Line", "found_in", "lines_of", "said_by"]
