"""An explanation is its parts, exactly."""

from __future__ import annotations

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.explanation import Explanation, Part


def test_parts_that_do_not_add_up_are_refused() -> None:
    """A number cannot be explained by something else."""
    with pytest.raises(InvalidInput, match="add up to 3"):
        Explanation("staff", 4.0, "agents", (Part("load", 1.0, "a"), Part("target", 2.0, "b")))


def test_to_dict_keeps_every_part() -> None:
    """What a page or a file shows."""
    found = Explanation("staff", 3.0, "agents", (Part("load", 1.0, "a"), Part("target", 2.0, "b"))).to_dict()
    assert found["parts"] == [
        {"name": "load", "amount": 1.0, "because": "a"},
        {"name": "target", "amount": 2.0, "because": "b"},
    ]
