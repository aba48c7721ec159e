"""The draw: fixed by frame and seed, uniform, in its shares, and drawn again by a stranger's Python."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nintei.audits import draw as module
from nintei.audits.draw import Drawn, Stratum, draw, frame_text, read_frame, seed_of

TENTH = Fraction(1, 10)
TICKETS = {f"t{n:02}": n % 5 == 0 for n in range(40)}
OMP = Stratum("OMP", TENTH, Fraction(1, 2), TICKETS)
CAP = Stratum("CAP", Fraction(1, 3), Fraction(0), {f"c{n}": False for n in range(7)})
TWICE = (
    '{"strata":[{"name":"S","share":"1","risk":"0","tickets":{"a":true}},'
    '{"name":"T","share":"1","risk":"0","tickets":{"a":true}}]}'
)
GOLDEN_SEED = "8e63c9b4e961253c8b2564b6d9da86cb3fa590cdb2183f6f2b09f00c9649860d"
GOLDEN = ["c0", "c1", "c5", "t30", "t20", "t35", "t15"]
PARTS = ("4c2f0a", "第4521回 123456")


def seed(*parts):
    return seed_of(frame_text([OMP, CAP]), parts or PARTS)


def test_the_same_frame_and_seed_draw_the_same_in_any_order():
    turned = Stratum("OMP", TENTH, Fraction(1, 2), dict(reversed(TICKETS.items())))
    assert draw([OMP, CAP], seed()) == draw([CAP, turned], seed())
    assert frame_text([OMP, CAP]) == frame_text([CAP, turned])


def test_this_draw_is_this_draw_for_ever():
    """Golden: whoever changes the way of drawing must publish it as another way."""
    assert seed().hex() == GOLDEN_SEED
    assert [d.ticket for d in draw([OMP, CAP], seed())] == GOLDEN


def test_each_stratum_gives_its_share_rounded_up_the_risks_first():
    drawn = draw([OMP, CAP], seed())
    assert Counter((d.stratum, d.for_risk) for d in drawn) == {("OMP", True): 4, ("CAP", False): 3}
    assert all(TICKETS[d.ticket] for d in drawn if d.for_risk)


def test_what_the_risk_quota_leaves_of_the_share_is_drawn_from_all_others():
    drawn = draw([OMP._replace(risk=Fraction(1, 8))], seed())
    assert [d.for_risk for d in drawn] == [True, False, False, False]
    assert len({d.ticket for d in drawn}) == 4


@pytest.mark.parametrize(("share", "wanted"), [("0", 0), ("1/1000", 1), ("1/3", 3), ("1", 7)])
def test_a_share_above_zero_draws_at_least_one(share, wanted):
    assert len(draw([CAP._replace(share=Fraction(share))], seed())) == wanted


def test_another_part_of_the_seed_is_another_draw():
    assert draw([OMP], seed("4c2f0a", "1")) != draw([OMP], seed("4c2f0a", "2"))
    assert seed("a", "bc") != seed("ab", "c")


def test_another_frame_is_another_seed():
    assert seed_of(frame_text([OMP]), PARTS) != seed_of(frame_text([OMP, CAP]), PARTS)


def test_every_pair_is_as_likely_as_any_other():
    """Chi-square over the 10 pairs of 5 tickets: 9 degrees of freedom, 27.9 at one in a thousand."""
    five = Stratum("S", Fraction(2, 5), Fraction(0), dict.fromkeys("abcde", False))
    runs = 2000
    seen = Counter(frozenset(d.ticket for d in draw([five], n.to_bytes(4, "big"))) for n in range(runs))
    pairs = [frozenset(pair) for pair in combinations("abcde", 2)]
    assert sum((seen[pair] - runs / 10) ** 2 / (runs / 10) for pair in pairs) < 27.9


shares = st.fractions(0, 1, max_denominator=50)
frames = st.builds(
    Stratum, st.just("S"), shares, shares, st.dictionaries(st.text(min_size=1), st.booleans(), max_size=30)
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the draw
@given(frames, st.binary(max_size=32))
def test_a_draw_has_no_double_and_never_more_than_its_shares(stratum, seed):
    drawn = draw([stratum], seed)
    marked = sum(stratum.tickets.values())
    tickets = [d.ticket for d in drawn]
    assert len(set(tickets)) == len(tickets) <= len(stratum.tickets)
    assert sum(d.for_risk for d in drawn) == -(-stratum.risk * marked // 1)
    assert len(drawn) == max(-(-stratum.share * len(stratum.tickets) // 1), -(-stratum.risk * marked // 1))


@given(frames)
def test_a_frame_is_read_as_it_was_written(stratum):
    assert read_frame(frame_text([stratum])) == (stratum,)


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", '{"strata":[{}]}', '{"strata":[{"name":"S","share":"1/0","risk":"0","tickets":{}}]}',
        '{"strata":[{"name":"S","share":"2","risk":"0","tickets":{}}]}',
        '{"strata":[{"name":"S","share":"1","risk":"0","tickets":{"a":1}}]}',
        TWICE,
    ],
)  # fmt: skip
def test_what_is_no_frame_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        read_frame(text)


def test_a_stranger_draws_the_same_with_the_published_file(tmp_path):
    """Run without our packages (-I), from the file alone."""
    frame, script = tmp_path / "frame.json", tmp_path / "draw.py"
    frame.write_text(frame_text([OMP, CAP]) + "\n", "utf-8")
    script.write_bytes(Path(module.__file__).read_bytes())
    ran = subprocess.run(
        [sys.executable, "-I", script, frame, *PARTS], capture_output=True, text=True, check=True
    )
    lines = [line.split() for line in ran.stdout.splitlines()[2:]]
    assert [Drawn(s, t, why == "risk") for s, t, why in lines] == list(draw([OMP, CAP], seed()))
