"""Patience from waits and abandons."""

import numpy as np
import pytest

from floorwalker.contacts import observed_patience
from floorwalker.science.errors import InvalidInput


def log(rows):
    return "start,queue,outcome,wait\n" + "".join(
        f"2024-05-06 09:{n // 60 % 60:02}:{n % 60:02},{queue},{outcome},{wait}\n"
        for n, (queue, outcome, wait) in enumerate(rows)
    )


def test_all_waiting_over_the_abandons(read):
    """Ten leave after 30 s, five are answered after 60 s, one at once: 600 s ÷ 10; the blocked did not wait."""
    rows = (
        [("A", "abandoned", 30)] * 10 + [("A", "answered", 60)] * 5 + [("A", "answered", 0), ("A", "blocked", 999)]
    )
    found = observed_patience(read(log(rows)))
    assert found.mean_seconds == (10 * 30 + 5 * 60) / 10
    assert (found.abandoned, found.contacts) == (10, 16)


def test_too_few_to_tell(read):
    """Nine abandons, no waits, or interval counts: None, not a number."""
    assert observed_patience(read(log([("A", "abandoned", 30)] * 9 + [("A", "answered", 60)]))) is None
    assert observed_patience(read(log([("A", "abandoned", "")] * 20))) is None
    assert observed_patience(read(log([("A", "abandoned", 0)] * 20))) is None
    assert observed_patience(read("DateTime,Calls\n2024-05-06T09:00,3\n2024-05-06T09:30,4\n")) is None


def test_of_one_queue(read):
    """Each queue has its own; an unknown one is named."""
    history = read(log([("A", "abandoned", 30)] * 10 + [("B", "abandoned", 90)] * 10))
    assert observed_patience(history).mean_seconds == 60
    assert observed_patience(history, queue="B").mean_seconds == 90
    with pytest.raises(InvalidInput, match="no queue 'C'"):
        observed_patience(history, queue="C")


def test_it_recovers_the_patience_that_made_the_log(read):
    """Exponential patience of 120 s against offered waits of 80 s on average comes back within 5 %."""
    rng = np.random.default_rng(1)
    patience, wait = rng.exponential(120, 6000), rng.exponential(80, 6000)
    rows = [
        ("A", "abandoned" if p < w else "answered", f"{min(p, w):.3f}")
        for p, w in zip(patience, wait, strict=True)
    ]
    text = "start,queue,outcome,wait,id\n" + "".join(
        f"2024-05-06 09:00:00,{queue},{outcome},{seconds},{n}\n"
        for n, (queue, outcome, seconds) in enumerate(rows)
    )
    assert observed_patience(read(text)).mean_seconds == pytest.approx(120, rel=0.05)
