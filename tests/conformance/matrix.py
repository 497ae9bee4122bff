"""The matrix of access: persons × routes × whose row, with what the permission table says the answer must be.

Nothing here asks a domain's queries what they show: what is expected comes from the sight of the actor and from
whose a row is. So a filter that is missing or too wide is found.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db import models, transaction
from django.http import HttpResponse

from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.routes import Route
from floorwalker.kernel.scoping import NOT_SCOPED, SCOPED, Scoped
from tests.factories import Planted, Where
from tests.people import Cast, Person

# Whose rows there are: colleagues of one team, of the next, of another site and client, and one who left.
POSITIONS = ("agent", "colleague", "other_team_agent", "stranger", "left")
MARKER = re.compile(rf"zq\d\d\d?(?:{'|'.join(key.replace('_', '') for key in POSITIONS)})qz", re.IGNORECASE)
NOBODYS = 987_654_321
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
        if sight.everything or (self.scoped.staff_see_all and (sight.teams or sight.sites)):
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
            if relation in self.scoped.relations
        )


@dataclass
class Planting:
    """All rows, by model and position, and what hides where."""

    rows: dict[type[models.Model], dict[str, Row]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)  # factories that make nothing
    world: Any = None

    def each(self) -> Iterator[Row]:
        for by_position in self.rows.values():
            yield from by_position.values()

    def allowed(self, actor: Actor) -> set[str]:
        """The markers this actor may come across."""
        return {row.marker for row in self.each() if row.visible_to(actor)}


def maker(model: type[models.Model]) -> Callable[..., Any] | None:
    """The factory function of a model."""
    return getattr(_factories(model._meta.app_label), f"make_{model._meta.model_name}", None)


@cache
def _factories(domain: str) -> Any:
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


# Asking, route by route.


@dataclass(frozen=True)
class Ask:
    """One request and what its answer must be."""

    route: Route
    path: str
    hidden: bool  # 404 is owed
    whose: str


def asks(route: Route, planting: Planting, actor: Actor) -> Iterator[Ask]:
    """The requests of one route: for each position, and for an id nobody has."""
    keys = {scoped.key: model for model, scoped in SCOPED.items()}
    closed = bool(route.permissions) and not actor.may(*route.permissions)
    scoped = [keys[name] for name in route.arguments if name in keys]
    if not scoped:
        yield Ask(route, route.at(_others(route, planting)), closed, "no row")
        return
    if any(model not in planting.rows for model in scoped):
        return  # there is nothing to ask for; the test of factories says what is missing
    for key in POSITIONS[:1] if closed else POSITIONS:
        rows = {planting.rows[model][key].scoped.key: planting.rows[model][key] for model in scoped}
        values = _others(route, planting, rows)
        wanted = route.permissions or None
        seen = all(row.visible_to(actor, *(wanted or row.scoped.permissions)) for row in rows.values())
        yield Ask(route, route.at(values), closed or not seen, key)
    guessed = _others(route, planting) | {planting.rows[m][POSITIONS[0]].scoped.key: NOBODYS for m in scoped}
    yield Ask(route, route.at(guessed), True, "nobody's id")


def _others(route: Route, planting: Planting, rows: dict[str, Row] | None = None) -> dict[str, Any]:
    """What else the address asks for."""
    given: dict[str, Any] = {}
    for domain in {model._meta.app_label for model in planting.rows}:
        for name, value in getattr(_factories(domain), "VALUES", {}).items():
            given[name] = value(planting.world)
    values = {name: given.get(name, 1 if kind == "int" else "x") for name, kind in route.arguments.items()}
    for key, row in (rows or {}).items():
        values |= {key: row.planted.row.pk} | row.planted.more
    return values


def answer(browser: Any, ask: Ask, schema: dict[str, Any], planting: Planting, where: Where) -> HttpResponse:
    """Send it, and undo whatever it did."""
    with transaction.atomic():
        headers: dict[str, Any] = {}
        path = ask.path
        if ask.route.operation and ask.route.method == "GET":
            path += _query(ask.route, schema)
        if ask.route.operation and ask.route.method not in {"GET", "DELETE"}:
            body = _body(ask.route, schema, planting, where)
            headers = {"data": json.dumps(body), "content_type": "application/json"}
        cookies = deepcopy(browser.cookies)
        found: HttpResponse = getattr(browser, ask.route.method.lower())(path, **headers)
        browser.cookies = cookies  # a session changed on the way was undone with the rest
        transaction.set_rollback(True)
    return found


def _described(route: Route, schema: dict[str, Any]) -> dict[str, Any]:
    """What the description says of an operation."""
    for operations in schema["paths"].values():
        for described in operations.values():
            if described["operationId"] == route.operation:
                found: dict[str, Any] = described
                return found
    return {}


def _query(route: Route, schema: dict[str, Any]) -> str:
    """The smallest of what an operation must be told in its address."""
    told = {
        each["name"]: example(schema, each["schema"])
        for each in _described(route, schema).get("parameters", ())
        if each["in"] == "query" and each["required"]
    }
    return f"?{urlencode(told)}" if told else ""


def _body(route: Route, schema: dict[str, Any], planting: Planting, where: Where) -> Any:
    for domain in {model._meta.app_label for model in planting.rows}:
        made = getattr(_factories(domain), "BODIES", {}).get(route.operation)
        if made is not None:
            return made(planting.world, where)
    described = _described(route, schema)
    if "requestBody" in described:
        content = next(iter(described["requestBody"]["content"].values()))
        return example(schema, content["schema"])
    return {}


def example(schema: dict[str, Any], each: dict[str, Any]) -> Any:
    """The smallest value of a shape."""
    if "$ref" in each:
        each = schema["components"]["schemas"][each["$ref"].rpartition("/")[2]]
    for joined in ("anyOf", "allOf", "oneOf"):
        if joined in each:
            return example(schema, each[joined][0])
    if "enum" in each:
        return each["enum"][0]
    kind, form = each.get("type"), each.get("format")
    if kind == "object":
        needed = each.get("required", ())
        return {name: example(schema, part) for name, part in each.get("properties", {}).items() if name in needed}
    if kind == "array":
        return [example(schema, each["items"])] * each.get("minItems", 0)
    texts = {"date": "2026-03-02", "date-time": "2026-03-02T10:00:00Z"}
    plain = {"integer": max(1, each.get("minimum", 1)), "number": 1, "boolean": True, "null": None}
    return plain[kind] if kind in plain else texts.get(form or "", "x" * max(1, each.get("minLength", 1)))


def strange_markers(found: HttpResponse, allowed: set[str]) -> list[str]:
    """Markers in an answer that its reader should not come across; a stream is not read here."""
    if getattr(found, "streaming", False) and getattr(found, "is_async", False):
        return []
    content = b"".join(found.streaming_content) if getattr(found, "streaming", False) else found.content  # type: ignore[attr-defined]
    text = content.decode("utf-8", errors="replace") + json.dumps(dict(found.headers))
    return sorted({marker.lower() for marker in MARKER.findall(text)} - allowed)


# Addresses that cannot be asked here, each with its reason.
NOT_ASKED = {
    "/live": "a stream without end; its topics are tested where they are authorised",
    "/live/": "a stream without end; its topics are tested where they are authorised",
    "/jobs/<int:job_id>/live/": "a stream without end; its topics are tested where they are authorised",
    "/readyz": "says 503 while no worker runs, as in tests; it holds nothing of anybody",
    "/sign-out/": "would end the session the other questions are asked with",
}


def judged(ask: Ask, found: HttpResponse, allowed: set[str]) -> str:
    """What is wrong with an answer; empty when nothing is."""
    status = found.status_code
    strange = strange_markers(found, allowed)
    if strange:
        return f"shows {', '.join(strange)}"
    if status >= 500:
        return f"answers {status}"
    if ask.hidden and ask.route.permissions and status != 404:
        return f"answers {status}, 404 is owed; where a body was judged first, give one in BODIES of the factories"
    if not ask.hidden and ask.route.method == "GET" and status == 404 and ask.whose in POSITIONS:
        return "answers 404 for a row in sight"
    return ""
