"""The hub with 20,000 readers and 100,000 posts: searching, and one announcement to all while pages are asked.

python -m benchmarks hub            a tenth of it
python -m benchmarks hub --full     as reported
"""

from __future__ import annotations

import multiprocessing
import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

WORDS = 6000  # different ones; the first are as common as “the”, the last as rare as a name
TEAM_OF = 20
ASKED = 40  # times each search


def run(full: bool) -> list[dict[str, Any]]:
    from benchmarks.suite.server import installation

    readers, posts = (20_000, 100_000) if full else (2_000, 10_000)
    with installation():
        centre = Centre(readers)
        centre.people()
        centre.write(posts)
        return [*searched(centre, posts), *announced(centre, readers)]


class Centre:
    """People in teams of twenty, and what they have written."""

    def __init__(self, readers: int) -> None:
        self.readers = readers
        self.at = datetime.now(UTC).replace(microsecond=0)
        self.chance = random.Random(7)
        self.vocabulary = [f"w{number:x}" for number in range(WORDS)]
        self.weights = [1 / (rank + 2) for rank in range(WORDS)]

    def people(self) -> None:
        from floorwalker.apps.accounts.models import RoleHeld, User
        from floorwalker.apps.people.models import Agent, Site, Team
        from floorwalker.kernel.roles import Role, Scope

        site = Site.objects.create(name="North", zone="Europe/Lisbon")
        teams = Team.objects.bulk_create(
            Team(name=f"Team {number}", site=site) for number in range(self.readers // TEAM_OF)
        )
        users = User.objects.bulk_create(
            (User(email=f"a{n}@example.org", name=f"Agent {n}", password="!") for n in range(self.readers)),
            batch_size=2000,
        )
        boss = User.objects.create(email="boss@example.org", name="Boss", password="!")
        given = {"given_at": self.at, "given_by": "the benchmark"}
        RoleHeld.objects.bulk_create(
            [
                RoleHeld(user=boss, role=Role.MANAGER, scope=Scope.ALL, **given),
                *(RoleHeld(user=user, role=Role.AGENT, scope=Scope.OWN, **given) for user in users),
            ],
            batch_size=2000,
        )
        Agent.objects.bulk_create(
            (
                Agent(
                    user=user,
                    name=user.name,
                    number=f"A{n}",
                    team=teams[n % len(teams)],
                    started_on=date(2024, 1, 1),
                )
                for n, user in enumerate(users)
            ),
            batch_size=2000,
        )
        self.teams, self.users, self.boss, self.site = teams, users, boss, site

    def write(self, posts: int) -> None:
        """Half to teams, a quarter to the site, a quarter to all; words as unevenly common as in a language."""
        from django.db import connection

        from floorwalker.apps.hub.models import Post

        def rows() -> Iterator[Post]:
            for n in range(posts):
                text = " ".join(self.chance.choices(self.vocabulary, self.weights, k=40))
                at = self.at - timedelta(minutes=5 * (posts - n))
                where: dict[str, Any] = {"audience": "all"}
                if n % 4 == 0:
                    where = {"audience": "site", "site": self.site}
                elif n % 4 != 1:
                    where = {"audience": "team", "site": self.site, "team": self.chance.choice(self.teams)}
                kind = ("question", "message", "practice")[n % 3]
                author = self.users[n % len(self.users)]
                yield Post(kind=kind, text=text, author=author, at=at, moved_at=at, search_as="simple", **where)

        Post.objects.bulk_create(rows(), batch_size=2000)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE hub_post SET search = to_tsvector('simple', text)")
            cursor.execute("VACUUM ANALYZE")


def searched(centre: Centre, posts: int) -> Iterator[dict[str, Any]]:
    """Searches of each kind by an agent and by who sees everything, the words never twice the same."""
    from floorwalker.apps.accounts.queries import actor_of
    from floorwalker.apps.hub import queries

    words, chance = centre.vocabulary, random.Random(11)
    kinds: dict[str, Callable[[], str]] = {
        "a rare word": lambda: chance.choice(words[3000:]),
        "a common word": lambda: chance.choice(words[:20]),
        "the beginning of many": lambda: chance.choice(words[300:900])[:3],
        "a common and a rare one": lambda: f"{chance.choice(words[:20])} {chance.choice(words[2000:])}",
        "two that seldom meet": lambda: f"{chance.choice(words[200:400])} {chance.choice(words[200:400])}",
        "nothing": lambda: f"zz{chance.randrange(10**9)}",
    }
    for who, user in (("agent", centre.users[0]), ("manager", centre.boss)):
        actor = actor_of(user)
        for what, wanted in kinds.items():
            texts = [wanted() for _ in range(ASKED + 1)]
            seconds = [in_seconds(partial(queries.search, actor, text)) for text in texts][1:]
            yield {"what": f"search over {posts:,}: {what}", "who": who, **milliseconds(seconds)}


def announced(centre: Centre, readers: int) -> Iterator[dict[str, Any]]:
    """One announcement to all, and a page of the hub asked before it and all the while."""
    from django.test import Client
    from tests.apps.accounts.sign_in import sign_in

    from floorwalker.apps.accounts.queries import actor_of
    from floorwalker.apps.hub import services
    from floorwalker.apps.hub.models import Receipt
    from floorwalker.kernel.models import Job, Notice

    browser = Client(headers={"host": "localhost"})
    sign_in(browser, centre.users[1])
    alone = [in_seconds(lambda: browser.get("/hub/")) for _ in range(ASKED)][5:]
    yield {"what": "page of the hub, nothing else going on", "who": "agent", **milliseconds(alone)}
    found = services.announce(
        title="News for all", text="Something new.", audience="all", by=actor_of(centre.boss), at=centre.at
    )
    job = Job.objects.get(ref_id=found.pk, ref_kind="hub.announcement")
    context = multiprocessing.get_context("spawn")  # a worker is a process of its own
    mine, theirs = context.Pipe()
    sending = context.Process(target=send, args=(os.environ["FLOORWALKER_HOME"], job.pk, theirs))
    sending.start()
    assert mine.recv() == "ready"
    meanwhile = []
    while not mine.poll():
        meanwhile.append(in_seconds(lambda: browser.get("/hub/")))
    took = mine.recv()
    sending.join()
    told = Receipt.objects.filter(announcement=found).count()
    assert told == readers == Notice.objects.filter(ref_kind="hub.announcement", ref_id=found.pk).count()
    yield {"what": f"announcement to {readers:,}", "who": "manager", "seconds": took}
    yield {"what": "page of the hub, while it goes out", "who": "agent", **milliseconds(meanwhile)}


def send(home: str, job: int, line: Connection) -> None:
    """The work of a worker: says when it begins, and how many seconds it took."""
    from floorwalker.project.installation import find

    find(None, Path(home)).use()
    from floorwalker.kernel.jobs import life

    line.send("ready")
    line.send(in_seconds(lambda: life.run(job)))


def milliseconds(seconds: list[float]) -> dict[str, float]:
    if len(seconds) < 2:
        return {"p50 ms": 1000 * sum(seconds), "p95 ms": 1000 * sum(seconds)}
    parts = quantiles(seconds, n=20, method="inclusive")
    return {"p50 ms": 1000 * parts[9], "p95 ms": 1000 * parts[18]}


def in_seconds(work: Callable[[], Any]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun
