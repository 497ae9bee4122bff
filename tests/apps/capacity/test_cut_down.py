"""Work of many queues whose worker was killed goes on behind the last one it had finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from floorwalker.apps.capacity.work import staff
from floorwalker.apps.demand.work.forecasting import forecast
from floorwalker.kernel.jobs.watch import Watch


@pytest.mark.parametrize(("work", "name"), [(staff, "id"), (forecast, "queue_id")])
def test_finished_queues_are_not_done_again(work: Callable[[dict[str, Any], Watch], Any], name: str) -> None:
    """What is asked for a finished queue is not even looked at: here there is nothing to compute it from."""
    done = [{name: 1, "days": ["as it was"]}, {name: 2, "trouble": "No past to learn from."}]
    plain = {"queues": [{name: 1, "name": "One"}, {name: 2, "name": "Two"}], "purpose": "requirement"}
    assert work(plain, Watch(kept={"queues": done}))["queues"] == done
