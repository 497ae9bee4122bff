"""A queue of each client, and a home of their own for files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from floorwalker.apps.demand import services
from floorwalker.apps.demand.models import Queue
from tests.people import NOW, Cast


@dataclass(frozen=True)
class Queues:
    """Aurora is answered in North, Borealis in South."""

    aurora: Queue
    borealis: Queue


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    return settings.HOME


@pytest.fixture
def queues(cast: Cast) -> Queues:
    world, by = cast.world, cast.planner.actor
    return Queues(
        services.set_up_queue(
            fields=services.QueueFields("Aurora help", world.aurora.pk, world.north.pk, skill_id=world.service.pk),
            by=by,
            at=NOW,
        ),
        services.set_up_queue(
            fields=services.QueueFields(
                "Borealis sales", world.borealis.pk, world.south.pk, skill_id=world.sales.pk
            ),
            by=by,
            at=NOW,
        ),
    )
