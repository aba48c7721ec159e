"""What may be asked of payments: fees and their price, bank lines, and what a line probably pays for."""

from nintei.payments.queries.fees import (
    fee_for,
    fees_of,
    is_settled,
    open_fees,
    payer_name_to_write,
    price_of,
    search_fees,
    standing_match,
    who_matched,
)
from nintei.payments.queries.lanes import Lanes, LineView, files_with_open_lines, lanes
from nintei.payments.queries.lines import latest_file, lines_of, open_lines, search_lines
from nintei.payments.queries.previews import Preview, PreviewLine, preview_file
from nintei.payments.queries.verdicts import Judge, Verdict

__all__ = [
    "Judge",
    "Lanes",
    "LineView",
    "Preview",
    "PreviewLine",
    "Verdict",
    "fee_for",
    "fees_of",
    "files_with_open_lines",
    "is_settled",
    "lanes",
    "latest_file",
    "lines_of",
    "open_fees",
    "open_lines",
    "payer_name_to_write",
    "preview_file",
    "price_of",
    "search_fees",
    "search_lines",
    "standing_match",
    "who_matched",
]
