"""Asking every address: which requests tell something, what is sent with them, what the answer must be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client as Browser

from floorwalker.kernel.access import Actor
from floorwalker.kernel.routes import Route
from floorwalker.kernel.scoping import SCOPED
from tests.conformance import shapes
from tests.conformance.headers import wrong_headers
from tests.conformance.matrix import POSITIONS, Planting, factories, strange_markers
from tests.conformance.poison import injected
from tests.factories import Where

NOBODYS = 987_654_321
NOBODY = "nobody's id"


@cache
def api_described() -> dict[str, Any]:
    """The description of the API, which says the same whoever asks and whenever."""
    found: dict[str, Any] = Browser().get("/api/v1/openapi.json").json()
    return found


@dataclass(frozen=True)
class Ask:
    """One request and what its answer must be."""

    route: Route
    path: str
    hidden: bool  # 404 is owed
    whose: str
    told: tuple[str, ...] = ()  # where in its body it names another row: ("placings", EACH, "queue_id")
    row: int = 0  # that row's number
    beside: int | None = None  # in a list of numbers, one in sight that stands before it


def asks(
    route: Route, planting: Planting, actor: Actor, schema: dict[str, Any], *, whole: bool = False
) -> Iterator[Ask]:
    """The requests of one route: for the positions that tell something, for an id nobody has, for ids in its body.

    Whoever may not come in at all is asked once, and so is what shows somebody all there is; else the first row in
    sight is asked for, the nearest and farthest out of it. With ``whole`` what reads is asked for each position
    and everything for an id that nobody has, too.
    """
    closed = bool(route.permissions) and not actor.may(*route.permissions)
    models = rows_named(route.arguments, route)
    if not models:
        own = Ask(route, route.at(_others(route, planting)), closed, "no row")
        yield own
        if not closed:
            yield from _with_body(own, planting, actor, schema)
        return
    if any(model not in planting.rows for model in models.values()):
        return  # there is nothing to ask for; the test of factories says what is missing
    found = [_ask_for(key, route, models, planting, actor) for key in POSITIONS]
    found = list({each.path: each for each in reversed(found)}.values())[::-1]
    if closed:
        yield replace(found[0], hidden=True)
        return
    seen, hidden = [each for each in found if not each.hidden], [each for each in found if each.hidden]
    if not whole or route.method != "GET" or not hidden:
        found = [*seen[:1], *hidden[:1], *hidden[1:][-1:]]
    yield from found
    if whole:
        guessed = _others(route, planting) | {
            name: _nobodys(route.arguments[name], model) for name, model in models.items()
        }
        yield Ask(route, route.at(guessed), True, NOBODY)
    if seen:
        yield from _with_body(seen[0], planting, actor, schema)


def _ask_for(
    key: str, route: Route, models: dict[str, type[models.Model]], planting: Planting, actor: Actor
) -> Ask:
    rows = {name: planting.rows[model][key] for name, model in models.items()}
    values = _others(route, planting)
    for name, row in rows.items():
        values |= {name: row.planted.row.pk} | row.planted.more
    wanted = route.permissions or None
    seen = all(row.visible_to(actor, *(wanted or row.scoped.permissions)) for row in rows.values())
    return Ask(route, route.at(values), not seen, key)


def _with_body(own: Ask, planting: Planting, actor: Actor, schema: dict[str, Any]) -> Iterator[Ask]:
    """The same operation, told of a row out of sight: an id in a body is as good as one in an address.

    Wherever it stands: in a field, in a list of ids behind one in sight, in what is nested.
    """
    for place in shapes.places_of_ids(schema, _sent(own.route, schema)):
        model = row_meant(place[-1], own.route)
        rows = planting.rows.get(model, {}) if model is not None else {}
        hidden = [(key, row) for key, row in rows.items() if not row.visible_to(actor)]
        seen = [row.planted.row.pk for row in rows.values() if row.visible_to(actor)]
        for key, row in hidden[-1:]:
            whose = f"{'.'.join(place)} of {key}"
            beside = seen[0] if seen and place[-1].endswith("_ids") else None
            yield Ask(own.route, own.path, True, whose, place, row.planted.row.pk, beside)


def row_meant(name: str, route: Route) -> type[models.Model] | None:
    """The model a field stands for: `queue_id`, a list `queue_ids`, or `like_queue_id` with a word before it."""
    name = name.removesuffix("s")
    words = name.split("_")
    for start in range(len(words) - 1):
        found = rows_named({"_".join(words[start:])}, route)
        if found:
            return next(iter(found.values()))
    return None


def rows_named(names: Iterable[str], route: Route) -> dict[str, type[models.Model]]:
    """The models whose rows these names stand for; where two domains use a word, the route's own is meant."""
    found = {name: _row_named(name, _domain(route)) for name in names}
    return {name: model for name, model in found.items() if model is not None}


@cache
def _row_named(name: str, domain: str) -> type[models.Model] | None:
    found = None
    for model, scoped in SCOPED.items():
        named = getattr(factories(model._meta.app_label), "NAMED", {}).get(model, ())
        if name in {scoped.key, *named} and (found is None or model._meta.app_label == domain):
            found = model
    return found


def _domain(route: Route) -> str:
    return (route.operation or route.name).replace(":", "_").partition("_")[0]


def _nobodys(kind: str, model: type[models.Model]) -> Any:
    letters = kind == "uuid" or isinstance(model._meta.pk, models.UUIDField)
    return str(UUID(int=NOBODYS)) if letters else NOBODYS


def _others(route: Route, planting: Planting) -> dict[str, Any]:
    """What else the address asks for; where two domains use a word, the route's own is meant."""
    given: dict[str, Any] = {}
    domains = {model._meta.app_label for model in planting.rows}
    for domain in sorted(domains, key=lambda each: each == _domain(route)):
        for name in getattr(factories(domain), "VALUES", {}).keys() & route.arguments.keys():
            given[name] = factories(domain).VALUES[name](planting.world)
    return {name: given.get(name, 1 if kind == "int" else "x") for name, kind in route.arguments.items()}


def answer(browser: Any, ask: Ask, schema: dict[str, Any], planting: Planting, where: Where) -> HttpResponse:
    """Send it, and undo whatever it did."""
    with transaction.atomic():
        headers: dict[str, Any] = {}
        path = ask.path
        if ask.route.operation and ask.route.method == "GET":
            path += _query(ask.route, schema)
        if ask.route.operation and ask.route.method not in {"GET", "DELETE"}:
            body = _body(ask.route, schema, planting, where)
            if ask.told:
                value = ask.row if not ask.told[-1].endswith("_ids") else [*_known(ask.beside), ask.row]
                shapes.put(schema, _sent(ask.route, schema), body, ask.told, value)
            headers = {"data": json.dumps(body), "content_type": "application/json"}
            if form := _form(ask.route, schema):
                headers = {"data": form}
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


def _sent(route: Route, schema: dict[str, Any]) -> dict[str, Any]:
    """The shape of the body of an operation; empty where it takes none, or a file."""
    content = _described(route, schema).get("requestBody", {}).get("content", {}) if route.operation else {}
    found: dict[str, Any] = content.get("application/json", {}).get("schema", {})
    return found


def _form(route: Route, schema: dict[str, Any]) -> dict[str, Any]:
    """What an operation that takes a file is sent as a form; empty where it takes none."""
    told = _described(route, schema).get("requestBody", {}).get("content", {}).get("multipart/form-data")
    if told is None:
        return {}
    fields = told["schema"]["properties"]
    files = {
        name: SimpleUploadedFile("x", b"x") for name, each in fields.items() if each.get("format") == "binary"
    }
    return shapes.example(schema, told["schema"]) | files


def _known(pk: int | None) -> list[int]:
    return [] if pk is None else [pk]


def _query(route: Route, schema: dict[str, Any]) -> str:
    """The smallest of what an operation must be told in its address."""
    told = {
        each["name"]: shapes.example(schema, each["schema"])
        for each in _described(route, schema).get("parameters", ())
        if each["in"] == "query" and each["required"]
    }
    return f"?{urlencode(told)}" if told else ""


def _body(route: Route, schema: dict[str, Any], planting: Planting, where: Where) -> Any:
    for domain in {model._meta.app_label for model in planting.rows}:
        made = getattr(factories(domain), "BODIES", {}).get(route.operation)
        if made is not None:
            return made(planting.world, where)
    sent = _sent(route, schema)
    return shapes.example(schema, sent) if sent else {}


# Addresses that cannot be asked here, each with its reason.
NOT_ASKED = {
    "/live": "a stream without end; its topics are tested where they are authorised",
    "/live/": "a stream without end; its topics are tested where they are authorised",
    "/jobs/<int:job_id>/live/": "a stream without end; its topics are tested where they are authorised",
    "/readyz": "says 503 while no worker runs, as in tests; it holds nothing of anybody",
    "/sign-out/": "would end the session the other questions are asked with",
    "/schedules/calendar/<uuid:feed_id>.ics": "opened by its key alone, whoever asks; test_mine.py does",
}

# Addresses that also need something else of a row in sight, each with its reason.
MAY_BE_MISSING = {
    "/users/<int:user_id>/tokens/new/": "tokens are made here for programs; people make their own",
    "/arena/compare/<int:scenario_id>/": "two handlings of it must have been decided on",
    "/api/v1/arena/comparisons/<int:scenario_id>": "two handlings of it must have been decided on",
    "/fun/shown/<int:fun_post_id>/photo/": "one adds a photo to one's own part alone",
    "/api/v1/activities/<int:activity_id>/quiz": "the group sits at a round table",
    "/api/v1/activities/<int:activity_id>/survival": "the group sits at a round table",
    "/api/v1/activities/<int:activity_id>/pitches/mine": "the group sits at a round table",
}


def wrong_with(
    browser: Any, ask: Ask, schema: dict[str, Any], planting: Planting, where: Where, allowed: set[str]
) -> str:
    """Ask, and say what is wrong with the answer; empty when nothing is.

    Told of a row out of sight, an operation may refuse for another reason before anybody looks for that row: then
    it answers to a number that nobody has in the very same words.
    """
    found = answer(browser, ask, schema, planting, where)
    problem = judged(ask, found, allowed)
    harmless = not judged(replace(ask, hidden=False), found, allowed)
    if problem and ask.told and harmless and found.status_code in (409, 422):
        nobodys = answer(browser, replace(ask, row=NOBODYS), schema, planting, where)
        if (nobodys.status_code, nobodys.content) == (found.status_code, found.content):
            return ""
    return problem


def judged(ask: Ask, found: HttpResponse, allowed: set[str]) -> str:
    """What is wrong with an answer; empty when nothing is."""
    status = found.status_code
    if harm := injected(found):
        return harm
    strange = strange_markers(found, allowed)
    if strange:
        return f"shows {', '.join(strange)}"
    if status >= 500:
        return f"answers {status}"
    if headers := wrong_headers(found, ask.path):
        return "; ".join(headers)
    guarded = ask.route.door is not None and not ask.route.door.public
    if ask.hidden and guarded and status != 404:
        return f"answers {status}, 404 is owed; where a body was judged first, give one in BODIES of the factories"
    shown = not ask.hidden and ask.route.method == "GET" and ask.route.path not in MAY_BE_MISSING
    if shown and status == 404 and ask.whose in POSITIONS:
        return "answers 404 for a row in sight"
    return ""
