"""Where on the paper things have to stand, in millimetres: the window of an envelope, the labels of a sheet.

Both differ from maker to maker, so both are settings (`NINTEI_WINDOW`, `NINTEI_LABELS`); the doctor reads them.
"""

from __future__ import annotations

from typing import NamedTuple

A4 = (210.0, 297.0)
# 長形3号 lying down, and A4 folded in three inside it (JIS S 5502): the paper may slide by what is left over.
ENVELOPE, FOLDED = (235.0, 120.0), (210.0, 99.0)
SLACK = (ENVELOPE[0] - FOLDED[0], ENVELOPE[1] - FOLDED[1])
LEAST = (40.0, 15.0)


class Window(NamedTuple):
    """A window, measured from the envelope's left and upper edge."""

    left: float
    top: float
    width: float
    height: float

    def always_seen(self) -> Window:
        """The part of the paper that shows wherever the paper slides: where an address may stand."""
        return Window(self.left, self.top, self.width - SLACK[0], self.height - SLACK[1])


class Labels(NamedTuple):
    """A sheet of labels on A4: how many across and down, their size, where the first one begins, what is between."""

    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    gap_x: float = 0.0
    gap_y: float = 0.0

    @property
    def number(self) -> int:
        """How many labels a sheet has."""
        return self.across * self.down


def window(said: str) -> Window:
    """`left top width height`. Raises `ValueError` in words where no address would be seen whole.

    >>> window("22 12 90 45").always_seen()
    Window(left=22.0, top=12.0, width=65.0, height=24.0)
    """
    numbers = _numbers(said, 4)
    found = Window(*numbers)
    seen = found.always_seen()
    if seen.width < LEAST[0] or seen.height < LEAST[1] or seen.left + seen.width > FOLDED[0]:
        raise ValueError(f"{said!r}: an address would not always show in this window")
    return found


def labels(said: str) -> Labels:
    """`across down width height left top gap-x gap-y`. Raises `ValueError` where they do not fit on A4.

    >>> labels("2 6 86.4 42.3 18.6 21.6 0 0").number
    12
    """
    numbers = _numbers(said, 8)
    found = Labels(int(numbers[0]), int(numbers[1]), *numbers[2:])
    wide = found.left + found.across * (found.width + found.gap_x) - found.gap_x
    high = found.top + found.down * (found.height + found.gap_y) - found.gap_y
    if found.number < 1 or min(found.width - 30, found.height - 15) < 0 or wide > A4[0] or high > A4[1]:
        raise ValueError(f"{said!r}: these labels do not fit on A4, or are smaller than 30 × 15 mm")
    return found


def _numbers(said: str, many: int) -> list[float]:
    try:
        numbers = [float(each) for each in said.split()]
    except ValueError:
        numbers = []
    if len(numbers) != many or min(numbers) < 0 or max(numbers) > A4[1]:
        raise ValueError(f"{said!r}: {many} numbers in millimetres are wanted, with spaces between")
    return numbers
