"""Reading a bank's file. Pure: bytes in, lines out, or one error that names every row it stumbles over.

`read` recognises the 全銀 records (入出金取引明細 03, 振込入金通知 01) and CSV as the banks export it. It
never reads half a file: either all of it makes sense and its own totals agree, or nothing is returned.
"""

from nintei.payments.statements.files import MAX_BYTES, read
from nintei.payments.statements.lines import BrokenStatement, LeftOut, Line, Problem, Statement

__all__ = ["MAX_BYTES", "BrokenStatement", "LeftOut", "Line", "Problem", "Statement", "read"]
