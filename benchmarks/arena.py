"""Live matches at once: how long a turn takes, from the tap to the next line on the page.

    python -m benchmarks arena            20 matches
    python -m benchmarks arena --full     200, as reported

As in production two processes serve the pages and one the streams; every match has a stream open. A player thinks
for ten to twenty seconds, as over a line that is read and answered; a turn is the answer and what stands on the
phone after it: the next line, and after the last one the page of the match.
"""

from __future__ import annotations

import http.client
import random
import re
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

FEW, MANY = 20, 200
GOAL_MS = 200
TURNS = 6
THINKS = (10.0, 20.0)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
NUMBER = re.compile(r'name="number" value="(\d+)"')


def run(full: bool) -> list[dict[str, Any]]:
    """One row: turns, and how long they took."""
    from benchmarks.suite.server import close, installation

    with installation():
        from benchmarks.suite.serving import GRANIAN, free_port, running

        browsers, matches = duels(MANY if full else FEW)
        close()
        pages, streams = free_port(), free_port()
        with running(pages, *GRANIAN), running(streams, "web", "--no-migrate"):
            seconds, failed = played(browsers, matches, pages, streams)
    ordered = sorted(seconds)
    return [
        {
            "what": f"a turn in {len(matches)} live matches at once",
            "turns": len(ordered),
            "not answered": failed,
            "median_ms": round(1000 * ordered[len(ordered) // 2], 1),
            "p95_ms": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 1),
            "goal_ms": GOAL_MS,
        }
    ]


def duels(count: int) -> tuple[list[Any], list[int]]:
    """Two people for each match, signed in and accepted; their browsers in the order of the matches."""
    from django.test import Client
    from tests.apps.accounts.sign_in import sign_in

    from floorwalker.apps.accounts.models import RoleHeld, User
    from floorwalker.apps.accounts.queries import actor_of
    from floorwalker.apps.learning import services
    from floorwalker.apps.people.models import Agent, Site, Team

    at = datetime.now(UTC)
    site = Site.objects.create(name="Arena", zone="Europe/Lisbon")
    teams = [Team.objects.create(name=f"Team {n}", site=site) for n in range(10)]
    browsers, actors, agents = [], [], []
    for n in range(2 * count):
        user = User.objects.create(email=f"duel{n}@example.org", name=f"Duellist {n}", password="!")
        RoleHeld.objects.create(user=user, role="agent", scope="own", given_at=at, given_by="benchmark")
        agents.append(
            Agent.objects.create(
                user=user, name=user.name, number=f"D{n}", team=teams[n % 10], started_on=at.date() - timedelta(90)
            )
        )
        browsers.append(sign_in(Client(headers={"host": "localhost"}), user))
        actors.append(actor_of(user))
        services.join_arena(by=actors[-1], at=at)
    scenario = a_long_scenario(agents[0].user)
    matches = []
    for n in range(count):
        one, other = actors[2 * n], actors[2 * n + 1]
        asked = {"scenario_id": scenario, "opponent_id": agents[2 * n + 1].pk, "pace": "now"}
        match = services.challenge(**asked, by=one, at=at - timedelta(minutes=1))
        services.accept(match_id=match.pk, by=other, at=at - timedelta(seconds=30))
        matches.append(match.pk)
    return browsers, matches


def a_long_scenario(keeper: Any) -> int:
    """Six lines with three answers each."""
    from floorwalker.apps.learning.models import Scenario, ScenarioVersion
    from floorwalker.apps.learning.rules.flow import Flow, Node, Option, Step

    def node(n: int) -> Node:
        line = f"And what about my order number {n}? I have waited for an answer since last week."
        words = f"I look at order {n} with you and tell you what happens next, and by when."
        last = n == TURNS - 1
        ways = [Option(f"o{each}", words, "end" if last else f"n{n + 1}", (f"s{n}",)) for each in range(3)]
        return Node(f"n{n}", line, tuple(ways))

    steps = tuple(Step(f"s{n}", f"Say what happens next, {n}") for n in range(TURNS))
    nodes = (*(node(n) for n in range(TURNS)), Node("end", "Thank you.", outcome="solved"))
    at = datetime.now(UTC)
    scenario = Scenario.objects.create(name="Six orders", keeper=keeper, look_again_on=at.date())
    ScenarioVersion.objects.create(
        scenario=scenario, number=1, state="in_force", content=Flow("n0", nodes, (), steps).to_json(),
        made_by="benchmark", made_at=at, in_force_from=at,
    )  # fmt: skip
    return scenario.pk


class Phone:
    """One player's connection."""

    def __init__(self, browser: Any, port: int) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.cookies = {name: each.value for name, each in browser.cookies.items()}
        self.token = ""

    def ask(self, path: str, **body: str) -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://localhost/"}
            headers |= {"HX-Request": "true"}
            sent = urlencode({"csrfmiddlewaretoken": self.token, **body})
            self.connection.request("POST", path, sent, headers)
        else:
            self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        for name, value in answer.headers.items():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        text = answer.read().decode()
        if found := TOKEN.search(text):
            self.token = found[1]
        leads = answer.headers.get("Location") or answer.headers.get("HX-Redirect", "")
        return answer.status, leads, text


def played(browsers: list[Any], matches: list[int], pages: int, streams: int) -> tuple[list[float], int]:
    """Everybody at once, each with pauses to think; seconds of each turn, and how many turns failed."""
    seconds: list[float] = []
    failed: list[int] = []
    lines = [Phone(browsers[2 * n], streams) for n in range(len(matches))]
    for line, match in zip(lines, matches, strict=True):
        cookies = "; ".join(f"{name}={value}" for name, value in line.cookies.items())
        line.connection.request("GET", f"/live?topic=match:{match}", headers={"Cookie": cookies})
        if line.connection.getresponse().status != 200:
            raise AssertionError("a match has no stream")

    def play(number: int) -> None:
        draw, phone = random.Random(number), Phone(browsers[number], pages)
        match = matches[number // 2]
        time.sleep(draw.uniform(0, THINKS[1]))
        phone.ask(f"/arena/duels/{match}/")
        _status, at, _text = phone.ask(f"/arena/duels/{match}/begin/", go="1")
        _status, _to, text = phone.ask(at)
        for _ in range(TURNS):
            found = NUMBER.search(text)
            if found is None:
                failed.append(number)
                return
            phone.ask(f"{at}shown/", number=found[1])
            time.sleep(draw.uniform(*THINKS))
            began = perf_counter()
            status, to, text = phone.ask(f"{at}answer/", number=found[1], option=f"o{draw.randrange(3)}")
            while to:
                status, to, text = phone.ask(to)
            seconds.append(perf_counter() - began)
            if status != 200:
                failed.append(number)

    threads = [threading.Thread(target=play, args=(n,)) for n in range(len(browsers))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return seconds, len(failed)
