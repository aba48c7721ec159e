"""What may be asked of payments: fees and their price, bank lines, and what a line probably pays for."""

from nintei.payments.queries.fees import (
    FeeBox,
    fee_box,
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
from nintei.payments.queries.lanes import Lanes, LineView, files_with_open_lines, lanes, line_view
from nintei.payments.queries.lines import (
    bank_file,
    bank_line,
    dropped_file,
    latest_file,
    lines_of,
    match,
    open_lines,
    search_lines,
)
from nintei.payments.queries.previews import Preview, PreviewLine, preview_file
from nintei.payments.queries.verdicts import Judge, Verdict

__all__ = [
    "FeeBox",
    "Judge",
    "Lanes",
    "LineView",
    "Preview",
    "PreviewLine",
    "Verdict",
    "bank_file",
    "bank_line",
    "dropped_file",
    "fee_box",
    "fee_for",
    "fees_of",
    "files_with_open_lines",
    "is_settled",
    "lanes",
    "latest_file",
    "line_view",
    "lines_of",
    "match",
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
