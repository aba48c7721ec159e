"""What payments tells upstairs, inside the transaction of the change.

`fee_settled(fee, on, at, by)`: the office has confirmed the money on the JST day `on`; 受理 may follow.
`fee_reopened(fee, at, by)`: a match was taken back; the fee waits again.
A hearer that raises takes the settling (or the undo) back with it: either both happen or neither.
"""

from django.dispatch import Signal

fee_settled = Signal()
fee_reopened = Signal()
