"""The pages and operations that are measured: each room's main ones, as those who use them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from benchmarks.suite import better
from benchmarks.suite.asking import Page
from benchmarks.suite.centre import Centre

ASKERS = (
    "planner",
    "supervisor",
    "manager",
    "agent",
    "hr",
    "administrator",
    "analyst",
    "trainer",
)  # the first who may asks a list of the API
HOMES = ("agent", "supervisor", "planner", "manager", "administrator", "hr", "auditor", "client")


def browsers(centre: Centre) -> dict[str, Any]:
    """Everybody who asks, signed in by a link as from the console."""
    from django.conf import settings
    from django.test import Client
    from tests.apps.accounts.sign_in import sign_in

    settings.API_REQUESTS_A_MINUTE = 10**6
    return {
        who: sign_in(Client(headers={"host": "localhost"}), user)
        for who, user in centre.users.items()
        if who in {*HOMES, *ASKERS, "site planner"}
    }


def pages(centre: Centre, who: dict[str, Any]) -> list[Page]:
    """Everything asked, room by room."""
    homes = [Page("home", who, reverse("home:home")) for who in HOMES]
    return [
        *homes,
        *_people(centre),
        *_demand(centre),
        *_schedules(centre),
        *_daily(),
        *_better(centre),
        *better.pages(centre),
        *_api(who),
    ]


def _people(centre: Centre) -> list[Page]:
    one = reverse("people:agent", args=[centre.agents[0].pk])
    return [
        Page("people", "planner", reverse("people:agents")),
        Page("people of a team", "supervisor", reverse("people:agents")),
        Page("one agent", "planner", one),
        Page("one agent", "agent", one),
        Page("users", "administrator", reverse("accounts:users")),
        Page("search", "planner", f"{reverse('home:search')}?q=Berg"),
    ]


def _demand(centre: Centre) -> list[Page]:
    queue = centre.queues[0].pk
    forecast = reverse("demand:forecast", args=[queue])
    return [
        Page("queues", "planner", reverse("demand:queues")),
        Page("queues", "client", reverse("demand:queues")),
        Page("history of a queue", "planner", reverse("demand:history", args=[queue])),
        Page("forecast by day", "planner", forecast),
        Page("forecast of a week", "planner", f"{forecast}?view=week&day={centre.monday + timedelta(days=7)}"),
        Page(
            "why a day",
            "planner",
            f"{reverse('demand:why', args=[queue])}?day={centre.monday + timedelta(days=8)}",
        ),
        Page("versions", "planner", reverse("demand:versions", args=[queue])),
        Page("track record", "planner", reverse("demand:record")),
        Page("client forecasts", "client", reverse("demand:client_forecasts")),
        Page("expectations", "manager", reverse("demand:expectations")),
        Page("staff of a week", "planner", f"{reverse('capacity:required')}?queue={queue}&week={centre.monday}"),
        Page("why so many", "planner", reverse("capacity:why", args=[queue, centre.monday.isoformat(), 24])),
        Page("warnings", "planner", reverse("capacity:warnings")),
    ]


def _schedules(centre: Centre) -> list[Page]:
    monday = (centre.monday + timedelta(days=7)).isoformat()
    board = reverse("schedules:board", args=[centre.sites[0].pk, monday])
    team = centre.teams[0].pk
    return [
        Page("roster: week of a team of 20", "supervisor", f"{board}?team={team}"),
        Page("roster: week of a site of 400", "site planner", board),
        Page("roster: only breaches, site of 400", "site planner", f"{board}?only=on"),
        Page("roster: day of a team of 20", "supervisor", f"{board}?team={team}&day={monday}"),
        Page("roster: day of a site of 400", "site planner", f"{board}?day={monday}"),
        Page("roster as CSV", "site planner", reverse("schedules:csv", args=[centre.sites[0].pk, monday])),
        Page("people as CSV", "planner", reverse("people:export", args=["csv"])),
        Page("versions of a week", "planner", reverse("schedules:versions", args=[centre.sites[0].pk, monday])),
        Page("my schedule", "agent", reverse("schedules:mine")),
        Page("my calendars", "agent", reverse("schedules:feeds")),
        Page("calendar feed", "agent", feed(centre)),
        Page("wishes about shifts", "planner", reverse("schedules:requests")),
        Page("wishes about shifts", "supervisor", reverse("schedules:requests")),
        Page("wishes about shifts", "agent", reverse("schedules:requests")),
    ]


def _daily() -> list[Page]:
    return [
        Page("promises", "supervisor", reverse("promises:promises")),
        Page("promises of all", "manager", reverse("promises:side", args=["all"])),
        Page("time off the phones", "agent", reverse("offphone:time")),
        Page("time off the phones", "supervisor", reverse("offphone:time")),
        Page("time off the phones", "planner", reverse("offphone:time")),
        Page("all time owed", "planner", reverse("offphone:sessions", args=["owed"])),
        Page("notices", "agent", reverse("kernel:notices")),
        Page("jobs", "planner", reverse("kernel:jobs")),
        Page("audit", "auditor", reverse("kernel:audit")),
        Page("my account", "agent", reverse("accounts:mine")),
    ]


def _better(centre: Centre) -> list[Page]:
    """What makes people better: quality, coaching, figures, thanks, what is said."""
    agent = centre.agents[0].pk
    return [
        Page("to review", "supervisor", reverse("quality:to_review")),
        Page("reviews", "supervisor", reverse("quality:reviews")),
        Page("who is overdue for a review", "supervisor", reverse("quality:overdue")),
        Page("conversations", "supervisor", reverse("quality:conversations")),
        Page("my reviews", "agent", reverse("quality:mine")),
        Page("my floor", "supervisor", reverse("coaching:floor")),
        Page("how attention lies", "manager", reverse("coaching:attention")),
        Page("feedback", "agent", reverse("coaching:mine")),
        Page("feedback of an agent", "supervisor", reverse("coaching:agent", args=[agent])),
        Page("my numbers", "agent", reverse("performance:mine")),
        Page("numbers of a team", "supervisor", reverse("performance:team")),
        Page("numbers of all teams", "manager", reverse("performance:sums")),
        Page("goals", "supervisor", reverse("performance:goals")),
        Page("say something", "agent", reverse("hub:say")),
        Page("what was said and answered", "agent", reverse("hub:answered")),
        Page("what waits for my answer", "manager", reverse("hub:to_answer")),
        Page("thanks", "agent", reverse("recognition:thanks")),
    ]


def _api(who: dict[str, Any]) -> list[Page]:
    """Every list of the API that asks for nothing in its address, as the first who may.

    Lists of what this centre does not have, a season or a game, answer 404 to everybody and are left out.
    """
    from django.test import Client

    described = Client(headers={"host": "localhost"}).get("/api/v1/openapi.json").json()["paths"]
    lists = sorted(path for path, verbs in described.items() if "get" in verbs and "{" not in path)
    found = []
    for path in lists:
        answers = {}
        for asker in ASKERS:
            answers[asker] = who[asker].get(path).status_code
            if answers[asker] == 200:
                found.append(Page(f"API {path.removeprefix('/api/v1')}", asker, path))
                break
        else:
            if 404 not in answers.values():
                raise AssertionError(f"{path} answers none: {answers}")
    return found


def feed(centre: Centre) -> str:
    """A calendar address of the measured agent; reading it a hundred times an hour is allowed for once."""
    from floorwalker.apps.accounts.queries import actor_of
    from floorwalker.apps.schedules import services
    from floorwalker.apps.schedules.services import feeds

    feeds.READS_AN_HOUR = 10**6
    opened = services.open_feed(device="Phone", by=actor_of(centre.users["agent"]), at=timezone.now())
    return f"{reverse('schedules:calendar', args=[opened.feed.pk])}?key={opened.key}"
