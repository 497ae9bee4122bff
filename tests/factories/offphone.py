"""Rows of time off the phones for the tests of access."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.offphone.models import Budget, Session
from tests.factories import Where
from tests.people import NOW, World


def make_session(world: World, where: Where, marker: str) -> Session:
    return Session.objects.create(
        agent=where.agent,
        kind=Session.Kind.TRAINING,
        minutes=30,
        reason=marker,
        state=Session.State.DECLINED,
        answer=marker,
        made_at=NOW,
        ended_at=NOW,
        once=marker,
    )


def make_budget(world: World, where: Where, marker: str) -> Budget:
    return Budget.objects.get_or_create(site=where.site, defaults={"minutes": 60, "since": NOW})[0]


def _owing(world: World, where: Where) -> dict[str, Any]:
    return {
        "agent_id": where.agent.pk,
        "minutes": 30,
        "kind": "training",
        "reason": "a talk",
        "due": "2026-03-20T17:00:00Z",
    }


VALUES: dict[str, Any] = {}
BODIES = {
    "offphone_set_budget": lambda world, where: {"minutes": 60, "first_weeks": 4, "first_minutes": 120},
    "offphone_owe": _owing,
    "offphone_ask": lambda world, where: {"minutes": 30, "kind": "training", "reason": "a talk"},
    "offphone_place": lambda world, where: {"start": "2026-03-20T10:00:00Z", "version": 1},
    "offphone_grant": lambda world, where: {"due": "2026-03-20T17:00:00Z"},
}
