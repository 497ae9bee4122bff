"""Processes that move points until they are killed: begun by ``test_ledger_races`` and by nothing else.

One process loads everything and forks a worker for each line it reads, answering with its process id. A worker
writes down the name of an operation after the ledger has acknowledged it, and never before. Every fifth one it
throws away on purpose in the middle.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from typing import Any, NoReturn


class Thrown(Exception):
    """A transaction given up on purpose."""


def main() -> None:
    """The nursery: load once, fork often, look after nobody."""
    order = json.loads(sys.argv[1])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.project.settings")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who was killed is forgotten at once
    import django

    django.setup()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(order, int(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def work(order: dict[str, Any], worker: int) -> NoReturn:
    """Move points, for ever."""
    from django.db import connection, transaction

    from floorwalker.apps.recognition import services
    from floorwalker.apps.recognition.models import Entry
    from floorwalker.apps.recognition.services import ledger
    from floorwalker.kernel.access import SYSTEM
    from floorwalker.kernel.errors import Refused
    from tests.people import NOW

    connection.settings_dict.update(order["database"])
    draw, agents, n = random.Random(worker), order["agents"], 0

    def step(once: str) -> Entry | None:
        agent = draw.choice(agents)
        chance = draw.random()
        if chance < 0.3:
            return services.award(
                to=agent,
                source="arena",
                points=draw.randint(1, 9),
                ref="",
                why="won",
                once=once,
                at=NOW,
                by=SYSTEM,
            )
        if chance < 0.65:
            return ledger.redeem(
                agent_id=agent, points=draw.randint(1, 40), ref="", why="mug", once=once, by=SYSTEM, at=NOW
            )
        if chance < 0.9:
            asked = Entry.objects.filter(kind="ask").select_related("giver", "taker").order_by("-pk")[:20]
            found = list(asked)
            if not found:
                return None
            return ledger.end_redeeming(
                asked=draw.choice(found), spent=draw.random() < 0.5, why="mug", by=SYSTEM, at=NOW
            )
        into = draw.choice([each for each in agents if each != agent])
        return services.bring_together(agent_id=agent, into=into, once=once, by=SYSTEM, at=NOW)

    with open(f"{order['folder']}/{worker}", "a", encoding="utf-8") as book:  # noqa: PTH123 - kept open, a line at a time
        while True:
            n += 1
            throw = n % 5 == 0
            once = f"{'aborted' if throw else 'done'}:{worker}:{n}"
            entry: Entry | None = None
            try:
                with transaction.atomic():
                    entry = step(once)
                    if throw:
                        raise Thrown
            except (Refused, Thrown):
                continue
            if entry is not None:
                book.write(f"{entry.once}\n")
                book.flush()


if __name__ == "__main__":
    main()
