"""Rows for the tests of access: for each scoped model one function that makes a row and plants a marker in it.

In `tests/factories/<domain>.py`:

    def make_coffee(world: World, where: Where, marker: str) -> Coffee | Planted:
        return Coffee.objects.create(agent=where.agent, note=marker)

`where` says whose row it is to be. A row that belongs to more or other people and places than `where` (a week of a
whole site) says so with `Planted(row, teams=…)`. A function may change the row of the cast instead of making one.

Beside them a domain may give `NAMED`, by what else than its id an address names a row (`{Coffee: ("barcode",)}`,
with the value in `Planted(row, more={"barcode": …})`), `VALUES`, what else its addresses ask for
(`{"day": lambda world: "2026-03-04"}`), and `BODIES`, what an operation of the API is sent when the one made from
its description does not do (`{"cafe_order": lambda world, where: {"coffee_id": …}}`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from floorwalker.apps.accounts.models import User
from floorwalker.apps.people.models import Agent, Client, Site, Team


@dataclass(frozen=True)
class Where:
    """Whose a row is: an agent of the cast with their user, team and site, and the client they work for."""

    key: str
    user: User
    agent: Agent
    team: Team
    site: Site
    client: Client


@dataclass(frozen=True)
class Planted:
    """A row and all to whom it belongs; what is not said is that of its `Where`."""

    row: Model
    users: frozenset[int] | None = None
    teams: frozenset[int] | None = None
    sites: frozenset[int] | None = None
    clients: frozenset[int] | None = None
    more: dict[str, Any] = field(default_factory=dict)  # what else the address of this row asks for
