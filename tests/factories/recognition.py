"""Thanks and points for the tests of access: shown to nobody but whose they are."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.recognition.models import Account, Entry, Thanks, ThanksWish
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel.access import SYSTEM
from tests.factories import Where
from tests.people import NOW, World


def make_thanks(world: World, where: Where, marker: str) -> Thanks:
    return Thanks.objects.create(
        from_user=where.user, agent=where.agent, kind="extra_mile", words=marker, at=NOW, day=NOW.date()
    )


def make_thankswish(world: World, where: Where, marker: str) -> ThanksWish:
    return ThanksWish.objects.create(agent=where.agent)


def make_account(world: World, where: Where, marker: str) -> Account:
    return ledger.account_of(where.agent.pk)


def make_entry(world: World, where: Where, marker: str) -> Entry:
    return ledger.award(
        to=where.agent.pk, source="arena", points=5, ref="", why=marker, once=f"made:{marker}", at=NOW, by=SYSTEM
    )


BODIES: dict[str, Any] = {}
