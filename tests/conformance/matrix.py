"""The matrix of access: persons × routes × whose row, with what the permission table says the answer must be.

Nothing here asks a domain's queries what they show: what is expected comes from the sight of the actor and from
whose a row is. So a filter that is missing or too wide is found.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models, transaction
from django.http import HttpResponse

from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import NOT_SCOPED, SCOPED, Scoped
from tests.factories import Planted, Where
from tests.people import Cast, Person

# Whose rows there are: colleagues of one team, of the next, of another site and client, and one who left.
POSITIONS = ("agent", "colleague", "other_team_agent", "stranger", "left")
MARKER = re.compile(rf"zq\d\d\d?(?:{'|'.join(key.replace('_', '') for key in POSITIONS)})qz", re.IGNORECASE)
REFERS = ("accounts.User", "people.Agent", "people.Team", "people.Site", "people.Client", "demand.Queue")


def positions(cast: Cast) -> list[Where]:
    """North works for Aurora, South for Borealis."""
    found = []
    for key in POSITIONS:
        person: Person = getattr(cast, key)
        assert person.agent is not None
        south = person.agent.team_id == cast.world.south_one.pk
        client = cast.world.borealis if south else cast.world.aurora
        site = cast.world.south if south else cast.world.north
        teams = {team.pk: team for team in (cast.world.north_one, cast.world.north_two, cast.world.south_one)}
        found.append(Where(key, person.user, person.agent, teams[person.agent.team_id], site, client))
    return found


@dataclass
class Row:
    """A planted row, whose it is, and its marker."""

    scoped: Scoped
    where: Where
    planted: Planted
    marker: str

    def visible_to(self, actor: Actor, *permissions: Permission) -> bool:
        """What the permission table and whose row it is say."""
        return any(self._reached(actor, each) for each in permissions or self.scoped.permissions)

    def _reached(self, actor: Actor, permission: Permission) -> bool:
        sight, row, where = actor.sight(permission), self.planted, self.where
        # With a permission of a domain above, what counts is where the row is at home, not how its own shows it.
        named = permission in self.scoped.permissions
        if sight.everything or (named and self.scoped.staff_see_all and (sight.teams or sight.sites)):
            return True
        reach: dict[str, tuple[frozenset[int], frozenset[int] | None, int]] = {
            "own": (frozenset({sight.own} - {None}), row.users, where.user.pk),  # type: ignore[arg-type]
            "team": (sight.teams, row.teams, where.team.pk),
            "site": (sight.sites, row.sites, where.site.pk),
            "client": (sight.clients, row.clients, where.client.pk),
        }
        return any(
            bool(seen & (frozenset({at}) if said is None else said))
            for relation, (seen, said, at) in reach.items()
            if relation in self.scoped.relations or (relation == "site" and not named)
        )


@dataclass
class Planting:
    """All rows, by model and position, and what hides where."""

    rows: dict[type[models.Model], dict[str, Row]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)  # factories that make nothing
    poisoned: set[str] = field(default_factory=set)  # fields that hold what people with bad intentions write
    guarded: set[str] = field(default_factory=set)  # fields the database lets nobody change, or not to that
    world: Any = None

    def each(self) -> Iterator[Row]:
        for by_position in self.rows.values():
            yield from by_position.values()

    def allowed(self, actor: Actor) -> set[str]:
        """The markers this actor may come across."""
        return {row.marker for row in self.each() if row.visible_to(actor)}


def maker(model: type[models.Model]) -> Callable[..., Any] | None:
    """The factory function of a model."""
    return getattr(factories(model._meta.app_label), f"make_{model._meta.model_name}", None)


@cache
def factories(domain: str) -> Any:
    try:
        return importlib.import_module(f"tests.factories.{domain}")
    except ModuleNotFoundError:
        return None


def plant(cast: Cast) -> Planting:
    """A row of each scoped model at each position, lowest domains first."""
    found = Planting(world=cast.world)
    for number, (model, scoped) in enumerate(SCOPED.items()):
        make = maker(model)
        if make is None:
            continue
        try:
            with transaction.atomic():
                found.rows[model] = {
                    where.key: _row(make, scoped, where, number, cast) for where in positions(cast)
                }
        except Exception as error:
            found.rows.pop(model, None)
            found.broken.append(f"{model._meta.label}: {type(error).__name__}: {str(error).splitlines()[0]}")
    share_markers(found)
    return found


def _row(make: Callable[..., Any], scoped: Scoped, where: Where, number: int, cast: Cast) -> Row:
    marker = f"zq{number:02}{where.key.replace('_', '')}qz"
    made = make(cast.world, where, marker)
    return Row(scoped, where, made if isinstance(made, Planted) else Planted(made), marker)


def share_markers(found: Planting) -> None:
    """A row that stands at several positions (a team, a site, a client) carries the marker written last."""
    for by_position in found.rows.values():
        last = {row.planted.row.pk: row for row in by_position.values()}
        for key, row in by_position.items():
            by_position[key] = Row(
                row.scoped, row.where, last[row.planted.row.pk].planted, last[row.planted.row.pk].marker
            )


def without_factory() -> list[str]:
    """Scoped models nobody makes rows of."""
    return [
        f"{model._meta.label}: tests/factories/{model._meta.app_label}.py has no make_{model._meta.model_name}"
        for model in SCOPED
        if maker(model) is None
    ]


def unmarked(found: Planting) -> list[str]:
    """Text fields in which no marker was planted."""
    return [
        f"{row.scoped.model._meta.label}.{name}: plant the marker, or name it in fixed= of scoped(…)"
        for by_position in found.rows.values()
        for row in list(by_position.values())[:1]
        for name in text_fields(row.scoped.model)
        if name not in row.scoped.fixed and row.marker not in str(getattr(_fresh(row.planted.row), name))
    ]


def _fresh(row: models.Model) -> models.Model:
    return type(row)._default_manager.get(pk=row.pk)


def text_fields(model: type[models.Model]) -> list[str]:
    """Fields people can write in."""
    return [
        each.name
        for each in model._meta.concrete_fields
        if isinstance(each, models.CharField | models.TextField) and not each.choices and not each.primary_key
    ]


def unregistered(all_models: list[type[models.Model]]) -> list[str]:
    """Models that refer to a person or a place, directly or through others, and do not say who sees them."""
    ours = [each for each in all_models if each.__module__.startswith("floorwalker.")]
    referring = {each for each in ours if each._meta.label in REFERS}
    while True:
        more = {
            each
            for each in ours
            if each not in referring
            and any(
                f.is_relation and f.many_to_one | f.one_to_one and f.concrete and f.related_model in referring
                for f in each._meta.get_fields()
            )
        }
        if not more:
            break
        referring |= more
    said = set(SCOPED) | set(NOT_SCOPED)
    through = {each for each in ours if each._meta.auto_created}
    return sorted(
        f"{each._meta.label} is neither scoped(…) nor not_scoped(…)" for each in referring - said - through
    )


def strange_markers(found: HttpResponse, allowed: set[str]) -> list[str]:
    """Markers in an answer that its reader should not come across; a stream is not read here."""
    if getattr(found, "streaming", False) and getattr(found, "is_async", False):
        return []
    content = b"".join(found.streaming_content) if getattr(found, "streaming", False) else found.content  # type: ignore[attr-defined]
    text = content.decode("utf-8", errors="replace") + json.dumps(dict(found.headers))
    return sorted({marker.lower() for marker in MARKER.findall(text)} - allowed)
