"""Nobody gets past the doors, and nobody comes across a row that is not theirs to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client as Browser

from floorwalker.kernel.access import Actor
from floorwalker.kernel.notices import gathered
from floorwalker.kernel.notices.mailing import letter
from floorwalker.kernel.notices.readers import reader_of
from floorwalker.kernel.notices.reading import mine
from floorwalker.kernel.routes import Route
from floorwalker.kernel.scoping import SCOPED
from tests.conformance import asking, doors, matrix, posting, shapes
from tests.conformance.poison import injected, poison
from tests.conformance.walking import Walk
from tests.people import NOW, Cast, Person, make_cast

PERSONS = (
    "manager",
    "administrator",
    "planner",
    "site_planner",
    "supervisor",
    "other_supervisor",
    "agent",
    "contractor",
    "quality_analyst",
    "trainer",
    "recruiter",
    "hr",
    "client_viewer",
    "auditor",
    "stranger",
)
# The same roles held elsewhere: the rows tell them apart, the routes hardly do.
ELSEWHERE = ("other_supervisor", "contractor", "stranger")
# Fields of pages that are asked for sure: a choice, many, a hidden number, a word in the address.
FIELDS_TOLD = {
    ("people:move", "team"),
    ("capacity:order", "queues"),
    ("capacity:again", "queue"),
    ("schedules:shift", "draft"),
}


def test_every_model_that_refers_to_people_says_who_sees_it() -> None:
    """A foreign key to a user, agent, team, site, client or queue, direct or through others, asks for a scope."""
    assert matrix.unregistered(list(apps.get_models())) == []


def test_a_model_that_says_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One taken out of the register."""
    from floorwalker.apps.people.models import AgentSkill

    monkeypatch.delitem(SCOPED, AgentSkill)
    silent = "people.AgentSkill is neither scoped(…) nor not_scoped(…)"
    assert silent in matrix.unregistered(list(apps.get_models()))


def test_every_scoped_model_has_a_factory() -> None:
    """A model without one would not be looked for in any answer."""
    assert matrix.without_factory() == []


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, matrix.Planting]]:
    """Everybody and a row of everything, made once for all questions; each question is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        everybody = make_cast()
        planting = matrix.plant(everybody)
        poison(planting)
        yield everybody, planting
        transaction.set_rollback(True)


@pytest.fixture
def cast(world: tuple[Cast, matrix.Planting], db: None) -> Cast:
    world[0].browsers.clear()  # their sessions were undone with the last test
    return world[0]


@pytest.fixture
def planting(world: tuple[Cast, matrix.Planting], db: None) -> matrix.Planting:
    return world[1]


def test_every_factory_makes_its_rows(planting: matrix.Planting) -> None:
    """At each position; one that fails would leave its model unasked."""
    assert not planting.broken, "\n".join(planting.broken)


def test_every_text_field_holds_a_marker(planting: matrix.Planting) -> None:
    """Otherwise what leaks from it would not be seen."""
    assert matrix.unmarked(planting) == []


def test_what_people_write_is_poisoned_too(planting: matrix.Planting) -> None:
    """So that every answer asked below is looked at for texts that came alive (S-20); few fields are guarded."""
    assert len(planting.poisoned) > 150, sorted(planting.poisoned)
    assert len(planting.guarded) < 40, sorted(planting.guarded)


def test_workbooks_hold_no_formula_of_anybodys(cast: Cast, planting: matrix.Planting) -> None:
    """The one export that comes as a workbook too; those in CSV are asked with all addresses."""
    found = cast.client(cast.planner).get("/people/agents.xlsx")
    assert (found.status_code, injected(found)) == (200, "")


def test_letters_are_plain_text(cast: Cast, planting: matrix.Planting) -> None:
    """S-22: what mail programs get holds the words as they were written, in a subject of one line and no HTML."""
    letters, told_of_news = [], False
    for person in cast.everybody:
        if (reader := reader_of(person.user.pk)) and (told := mine(reader.actor)[0]):
            news = gathered.parts(reader.actor, NOW - timedelta(days=999), NOW + timedelta(days=999), ())
            letters.append(letter(reader, told, news))
            told_of_news |= bool(news)
    assert letters and told_of_news
    for each in letters:
        assert each.message().get_content_type() == "text/plain"
        assert len(each.subject.splitlines()) == 1
        assert "&lt;xq" not in each.body


@pytest.mark.parametrize("who", [*PERSONS, "token"])
def test_queries_show_what_the_table_says(cast: Cast, planting: matrix.Planting, who: str) -> None:
    """For each scoped model, permission and position: in the rows exactly when role and relation say so."""
    actor = getattr(cast, who).actor
    wrong = []
    for model, by_position in planting.rows.items():
        for permission in SCOPED[model].permissions:
            shown = set(SCOPED[model].visible(actor, permission).values_list("pk", flat=True))
            for key, row in by_position.items():
                expected = row.visible_to(actor, permission)
                if (row.planted.row.pk in shown) is not expected:
                    wrong.append(
                        f"{model.__name__} of {key} with {permission.key}: {'owed' if expected else 'leaks'}"
                    )
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", [who for who in PERSONS if who not in ELSEWHERE])
def test_every_route_answers_each_role_as_the_table_says(
    cast: Cast, planting: matrix.Planting, who: str, settings: Any
) -> None:
    """Role × route × whose row: 404 out of scope, no error anywhere, no marker of a row that is not theirs.

    Of roles that see equally far through a door one is asked, in turn; all of them, for every row, in the next
    test. Doors that stay shut to a role are asked in the two below.
    """
    wrong = wrong_answers(cast, planting, who, in_turn(cast).get(who, []), settings)
    assert not wrong, "\n".join(wrong)


def test_every_route_is_asked_by_each_kind_of_sight(cast: Cast) -> None:
    """However they take turns: whoever may open a door has somebody who sees as far among those who do."""
    actors = asking_here(cast)
    theirs = {who: {(each.method, each.path) for each in routes} for who, routes in in_turn(cast).items()}
    for route in asked():
        told = {
            how_far(actors[who], route) for who, taken in theirs.items() if (route.method, route.path) in taken
        }
        for who, actor in actors.items():
            if open_to(route, actor):
                assert how_far(actor, route) in told, (route, who)


@pytest.mark.prove
@pytest.mark.parametrize("who", PERSONS)
def test_every_route_hides_every_row_out_of_sight(
    cast: Cast, planting: matrix.Planting, who: str, settings: Any
) -> None:
    """What reads is asked for the rows of all positions, and everything for an id that nobody has."""
    actor = getattr(cast, who).actor
    wrong = wrong_answers(
        cast, planting, who, [each for each in asked() if open_to(each, actor)], settings, whole=True
    )
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("steps", "seed"), [(100, 1), *(pytest.param(500, n, marks=pytest.mark.prove) for n in range(2, 6))]
)
def test_a_walk_with_changing_roles_is_shown_what_the_table_says_at_every_step(
    cast: Cast, planting: matrix.Planting, steps: int, seed: int, settings: Any
) -> None:
    """Any address for any row, while an administrator gives and takes roles: each change counts at once."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    walk = Walk(cast, planting, asked(), cast.recruiter, seed)
    walk.go(steps)
    assert not walk.wrong, "\n".join(walk.wrong)
    assert min(walk.told[each] for each in ("given", "taken", "hidden", "shown")) >= steps // 50, walk.told


def test_every_route_says_nothing_of_an_id_that_nobody_has(
    cast: Cast, planting: matrix.Planting, settings: Any
) -> None:
    """One role each that may open it, taken in turn: to all of them such an id looks alike."""
    wrong: list[str] = []
    actors = {who: getattr(cast, who).actor for who in PERSONS if who not in ELSEWHERE}
    theirs: dict[str, list[Route]] = {}
    for number, route in enumerate(asked()):
        roles = [who for who, actor in actors.items() if open_to(route, actor)]
        if roles and route.arguments:
            theirs.setdefault(roles[number % len(roles)], []).append(route)
    for who, routes in theirs.items():
        wrong += wrong_answers(cast, planting, who, routes, settings, whole=True, whose=asking.NOBODY)
    assert not wrong, "\n".join(wrong)


def test_every_route_is_shut_to_somebody_without_its_permission(
    cast: Cast, planting: matrix.Planting, settings: Any
) -> None:
    """One role each, taken in turn: all doors are of one make, which looks before anything of the page runs."""
    wrong, told = [], 0
    actors = {who: getattr(cast, who).actor for who in PERSONS}
    shut: dict[str, list[Route]] = {}
    for number, route in enumerate(asked()):
        roles = [who for who, actor in actors.items() if not open_to(route, actor)]
        if roles:
            shut.setdefault(roles[number % len(roles)], []).append(route)
    for who, routes in shut.items():
        told += len(routes)
        wrong += wrong_answers(cast, planting, who, routes, settings)
    assert not wrong, "\n".join(wrong)
    assert told > 300, "hardly any door is shut to anybody; the walk is blind"


@pytest.mark.prove
@pytest.mark.parametrize("who", PERSONS)
def test_every_route_is_shut_to_everybody_without_its_permission(
    cast: Cast, planting: matrix.Planting, who: str, settings: Any
) -> None:
    """Each role at each door its permissions do not open."""
    actor = getattr(cast, who).actor
    shut = [each for each in asked() if not open_to(each, actor)]
    wrong = wrong_answers(cast, planting, who, shut, settings)
    assert not wrong, "\n".join(wrong)


def asked() -> list[Route]:
    """Every address the matrix asks."""
    return [each for each in doors.routes() if each.door is not None and each.path not in asking.NOT_ASKED]


def asking_here(cast: Cast) -> dict[str, Actor]:
    """Who takes turns; an actor is read with its roles, once."""
    return {who: getattr(cast, who).actor for who in PERSONS if who not in ELSEWHERE}


def in_turn(cast: Cast) -> dict[str, list[Route]]:
    """The routes each is asked: of each kind of sight through its permissions one role, the next time another."""
    theirs: dict[str, list[Route]] = {}
    actors = asking_here(cast)
    for number, route in enumerate(asked()):
        alike: dict[tuple[Any, ...], list[str]] = {}
        for who, actor in actors.items():
            if open_to(route, actor):
                alike.setdefault(how_far(actor, route), []).append(who)
        for roles in alike.values():
            theirs.setdefault(roles[number % len(roles)], []).append(route)
    return theirs


def how_far(actor: Actor, route: Route) -> tuple[Any, ...]:
    """By permission whether all is seen, one's own, teams, sites, clients; not which."""
    sights = [actor.sight(each) for each in route.permissions]
    return tuple(
        (each.everything, each.own is None, *map(bool, (each.teams, each.sites, each.clients))) for each in sights
    )


def open_to(route: Route, actor: Actor) -> bool:
    return not route.permissions or actor.may(*route.permissions)


def wrong_answers(
    cast: Cast,
    planting: matrix.Planting,
    who: str,
    routes: list[Route],
    settings: Any,
    *,
    whole: bool = False,
    whose: str = "",
) -> list[str]:
    """What somebody is answered there that the table does not allow; ``whose``: asked of these rows only."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    person: Person = getattr(cast, who)
    actor, browser = person.actor, cast.client(person)
    browser.raise_request_exception = False
    allowed = planting.allowed(actor)
    schema = asking.api_described()
    places = {where.key: where for where in matrix.positions(cast)}
    wrong = []
    for route in routes:
        for ask in asking.asks(route, planting, actor, schema, whole=whole):
            if whose not in ("", ask.whose):
                continue
            where = places.get(ask.whose, places["agent"])
            if problem := asking.wrong_with(browser, ask, schema, planting, where, allowed):
                wrong.append(f"{who}: {route.method} {ask.path} ({ask.whose}): {problem}")
    return wrong


def test_ids_in_bodies_and_names_in_addresses_are_asked(cast: Cast, planting: matrix.Planting) -> None:
    """Otherwise the matrix would be blind to them."""
    schema = asking.api_described()
    asked = {
        (route.operation or route.name, name)
        for route in doors.routes()
        for actor in (cast.supervisor.actor, cast.site_planner.actor)
        for ask in asking.asks(route, planting, actor, schema)
        for name in (
            ask.told,
            *(["identity"] if "identity" in route.arguments and ask.whose == "stranger" else ()),
        )
    }
    assert {
        ("offphone_owe", ("agent_id",)),
        ("schedules_change_published", ("agent_id",)),
        ("schedules_start_run", ("team_ids",)),
        ("schedules:shift", "identity"),
    } <= asked


def test_ids_deep_in_bodies_are_found_and_put_there() -> None:
    """In a list of ids, in an element of a list, in what an element may hold."""
    names = {"new": {"anyOf": [{"$ref": "#/components/schemas/New"}, {"type": "null"}]}}
    lists = {"queue_ids": {"type": "array", "items": {"type": "integer"}}}
    number = {"anyOf": [{"type": "integer"}, {"type": "null"}]}
    part = {"type": "object", "properties": names | {"like_queue_id": number}}
    new = {"type": "object", "properties": {"client_id": {"type": "integer"}, "name": {"type": "string"}}}
    schema = {"components": {"schemas": {"New": new | {"required": ["name"]}}}}
    shape = {"type": "object", "properties": lists | {"parts": {"type": "array", "items": part}}}
    places = list(shapes.places_of_ids(schema, shape))
    assert places == [("queue_ids",), ("parts", "*", "new", "client_id"), ("parts", "*", "like_queue_id")]
    body: dict[str, Any] = {}
    for place in places:
        shapes.put(schema, shape, body, place, 7)
    assert body == {"queue_ids": 7, "parts": [{"new": {"name": "x", "client_id": 7}, "like_queue_id": 7}]}


def test_a_row_out_of_sight_in_a_form_is_refused_and_changes_nothing(
    cast: Cast, planting: matrix.Planting
) -> None:
    """Each field of each page that takes a row, and each word in its address that names one.

    Every one is seen to be refused for that row: a form that is wrong elsewhere too would prove nothing.
    """
    told = posting.tell(cast, planting, [each for each in asked() if each.method == "POST" and not each.operation])
    assert not told.wrong, "\n".join(told.wrong)
    unproven = {leg: said for leg, said in told.silent.items() if leg not in posting.PASSED_OVER}
    assert not unproven, "\n".join(f"{leg}: {said}" for leg, said in unproven.items())
    assert told.refused >= FIELDS_TOLD, FIELDS_TOLD - told.refused
    pages = Counter(page for page, _who in told.asked)
    assert max(pages.values()) > 2, "each role has choices of its own, so each is asked"


def test_a_form_that_takes_a_row_out_of_sight_is_noticed(
    cast: Cast, planting: matrix.Planting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two deliberate violations: choices that hold every row, and a service that asks nobody."""
    from floorwalker.apps.capacity import queries
    from floorwalker.apps.demand import queries as demand
    from floorwalker.apps.demand.models import Queue

    monkeypatch.setattr(queries, "queues", lambda *_args: list(Queue.objects.order_by("pk")))
    monkeypatch.setattr(queries, "lacking", lambda *_args: {})
    monkeypatch.setattr(demand, "the_queues", lambda _by, ids, *_args: list(Queue.objects.filter(pk__in=ids)))
    order = [
        each for each in asked() if each.name in ("capacity:order", "capacity:again") and each.method == "POST"
    ]
    told = posting.tell(cast, planting, order)
    assert len(told.wrong) == 2, told
    assert all("has done something" in each for each in told.wrong)
    assert not told.refused


def test_nobody_gets_in_without_signing_in(cast: Cast, planting: matrix.Planting) -> None:
    """Every door that is not public sends to the sign-in page, or answers 401; no marker on any page."""
    browser = Browser(raise_request_exception=False)
    schema = asking.api_described()
    places = {where.key: where for where in matrix.positions(cast)}
    wrong = []
    for route in doors.routes():
        if route.door is None or route.path in asking.NOT_ASKED:
            continue
        ask = next(asking.asks(route, planting, cast.manager.actor, schema), None)
        if ask is None:
            continue
        found = asking.answer(browser, ask, schema, planting, places["agent"])
        inside = not route.door.public and found.status_code not in (302, 401)
        if inside or found.status_code >= 500 or matrix.strange_markers(found, set()):
            wrong.append(f"{route.method} {ask.path}: {found.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_leak_is_noticed(planting: matrix.Planting, cast: Cast) -> None:
    """A marker of another site in an answer to an agent."""
    from django.http import HttpResponse

    row = planting.rows[type(cast.stranger.agent)]["stranger"]
    allowed = planting.allowed(cast.agent.actor)
    assert matrix.strange_markers(HttpResponse(f"<p>{row.marker.upper()}</p>"), allowed) == [row.marker]
    assert matrix.strange_markers(HttpResponse(f"<p>{row.marker}</p>"), planting.allowed(cast.manager.actor)) == []
