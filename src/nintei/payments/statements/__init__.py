"""Reading a bank's file. Pure: bytes in, lines out, or one error that names every row it stumbles over.

`read` recognises the 全銀 records (入出金取引明細 03, 振込入金通知 01), camt.053 and camt.054, and tables (CSV,
Excel) as the banks export them or as somebody has taught. It never reads half a file: either all of it makes
sense and its own totals agree, or nothing is returned.
"""

from nintei.payments.statements.files import MAX_BYTES, read
from nintei.payments.statements.lines import (
    BrokenStatement,
    LeftOut,
    Line,
    Problem,
    Reading,
    Statement,
    account_number,
)
from nintei.payments.statements.table import Profile, UnknownTable, even

__all__ = [
    "MAX_BYTES",
    "BrokenStatement",
    "LeftOut",
    "Line",
    "Problem",
    "Profile",
    "Reading",
    "Statement",
    "UnknownTable",
    "account_number",
    "even",
    "read",
]
