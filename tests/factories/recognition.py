"""Thanks for the tests of access: shown to nobody but who is thanked."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.recognition.models import Thanks, ThanksWish
from tests.factories import Where
from tests.people import NOW, World


def make_thanks(world: World, where: Where, marker: str) -> Thanks:
    return Thanks.objects.create(
        from_user=where.user, agent=where.agent, kind="extra_mile", words=marker, at=NOW, day=NOW.date()
    )


def make_thankswish(world: World, where: Where, marker: str) -> ThanksWish:
    return ThanksWish.objects.create(agent=where.agent)


BODIES: dict[str, Any] = {}
