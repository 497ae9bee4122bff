"""Promises for the tests of access: owed by one person, to a client by its name."""

from __future__ import annotations

from datetime import timedelta

from floorwalker.apps.promises.models import Promise
from tests.factories import Where
from tests.people import NOW, World


def make_promise(world: World, where: Where, marker: str) -> Promise:
    return Promise.objects.create(
        kind=marker,
        ref_kind=marker,
        ref_id=1,
        owner=where.user,
        to_text=marker,
        what=marker,
        due=NOW + timedelta(days=3),
        made_at=NOW - timedelta(days=1),
        made_by=marker,
        state=Promise.State.BROKEN,
        ended_at=NOW,
        why=marker,
        once=marker,
    )


VALUES = {"side": lambda world: "owed-to-me"}
