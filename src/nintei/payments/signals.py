"""What payments tells upstairs, inside the transaction of the change.

`fee_settled(fee, together, on, at, by)`: the office has confirmed the money on the JST day `on`; 受理 may follow.
`together` are the fees of this person that the same transfer settled, `fee` among them, in the order in which
they are sent: whoever writes a letter writes one for all of them, at the last.
`fee_reopened(fee, at, by)`: a match was taken back; the fee waits again.
A hearer that raises takes the settling (or the undo) back with it: either both happen or neither.
"""

from django.dispatch import Signal

fee_settled = Signal()
fee_reopened = Signal()
