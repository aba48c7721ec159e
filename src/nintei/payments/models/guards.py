"""Guards that several tables of this room share."""

import pgtrigger

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)

_WITHIN_LINE = """
PERFORM 1 FROM payments_bankline WHERE id = NEW.line_id FOR UPDATE;
IF NEW.amount + (
    SELECT coalesce(sum(p.amount), 0) FROM payments_matchpart p WHERE p.line_id = NEW.line_id
    AND NOT EXISTS (SELECT 1 FROM payments_matchundo u WHERE u.match_id = p.match_id)
) + (
    SELECT coalesce(sum(p.amount), 0) FROM payments_refundpart p JOIN payments_refund r ON r.id = p.refund_id
    WHERE p.line_id = NEW.line_id AND r.state <> 'dropped'
) + (
    SELECT coalesce(sum(w.amount), 0) FROM payments_writeoff w WHERE w.line_id = NEW.line_id
    AND NOT EXISTS (SELECT 1 FROM payments_writeoffundo u WHERE u.write_off_id = w.id)
) > (SELECT amount FROM payments_bankline WHERE id = NEW.line_id) THEN
    RAISE EXCEPTION 'payments: the line does not hold that much' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

# What matches, refunds and write-offs take of a line is never more than the line.
WITHIN_LINE = pgtrigger.Trigger(
    name="within_line", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_WITHIN_LINE
)

_BOOKED = """
IF NOT EXISTS (SELECT 1 FROM payments_entry WHERE cause = {cause}) THEN
    RAISE EXCEPTION 'payments: % is not in the books', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


def booked(
    cause: str,
    *,
    name: str = "booked",
    condition: pgtrigger.Condition | None = None,
    operation: pgtrigger.Operation = pgtrigger.Insert,
) -> pgtrigger.Trigger:
    """At the end of its transaction a row of this table has its entry; `cause` is SQL over NEW."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        condition=condition,
        func=_BOOKED.format(cause=cause),
    )
