"""Processes that move points until they are killed: begun by ``ledger_crowd`` and by nothing else.

One process loads everything and forks a worker for each line it reads, answering with its process id. A worker
writes down what it is about to do, does it until the ledger answers, and only then writes the answer down. When
the database dies under it, it asks again under the same name; when it dies itself, the next worker of its number
does. Every fifth operation it throws away on purpose in the middle.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

AGAIN_SECONDS = 0.05  # until a database that went away is asked again


class Thrown(Exception):
    """A transaction given up on purpose."""


def main() -> None:
    """The nursery: load once, fork often, look after nobody."""
    order = json.loads(sys.argv[1])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.project.settings")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who was killed is forgotten at once
    # Whoever is sent home before they listen to it would go without the answer the one before them waited for.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    import django

    django.setup()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(order, int(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def work(order: dict[str, Any], worker: int) -> NoReturn:
    """Move points, until somebody says it is enough."""
    from django.db import connection

    from tests.apps.recognition.ledger_moves import Field, draw

    connection.settings_dict.update(order["database"])
    enough: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: enough.append(number))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    field = Field(**order["field"])
    path = Path(order["folder"]) / str(worker)
    n, left = where_it_ended(path)
    with path.open("a", encoding="utf-8") as book:

        def write(**line: Any) -> None:
            book.write(f"{json.dumps(line)}\n")
            book.flush()

        while not enough or left:
            if left is None:
                n += 1
                told = patiently(lambda n=n: draw(random.Random(f"{worker}:{n}"), field))
                if told is None:
                    continue
                left = {"name": f"{'aborted' if n % 5 == 0 else 'done'}:{worker}:{n}", "n": n, "told": told}
                write(tried=left)
            write(name=left["name"], **answered(left, field))
            left = None
    os._exit(0)


def where_it_ended(path: Path) -> tuple[int, dict[str, Any] | None]:
    """The number of the last operation, and the operation itself if it was not answered."""
    if not path.exists():
        return 0, None
    text = path.read_text(encoding="utf-8")
    if not text.endswith("\n"):  # torn by a kill: as if it had not been written
        path.write_text(text[: text.rfind("\n") + 1], encoding="utf-8")
    n, left = 0, None
    for line in text.split("\n")[:-1]:
        found = json.loads(line).get("tried")
        n, left = (found["n"], found) if found else (n, None)
    return n, left


def answered(left: dict[str, Any], field: Any) -> dict[str, Any]:
    """What the ledger said: the names of its entries, or that it refused."""
    from django.db import transaction

    from floorwalker.kernel.errors import Refused
    from tests.apps.recognition.ledger_moves import do

    def once() -> list[str]:
        with transaction.atomic():
            entries = [each.once for each in do(left["told"], left["name"], field)]
            if left["name"].startswith("aborted"):
                raise Thrown
        return entries

    try:
        return {"done": patiently(once)}
    except (Refused, Thrown):
        return {"refused": True}
    except Exception as error:
        return {"failed": repr(error)}


def patiently(ask: Any) -> Any:
    """Again and again while the database is away; two that wait for each other in a ring are a fault, not that."""
    from django.db import InterfaceError, OperationalError, connection
    from psycopg.errors import DeadlockDetected

    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError) as error:
            if isinstance(error.__cause__, DeadlockDetected):
                raise
            connection.close()
            time.sleep(AGAIN_SECONDS)


if __name__ == "__main__":
    main()
