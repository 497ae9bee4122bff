"""How fast the audit is written and verified, on a private PostgreSQL made for it."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from pathlib import Path
from time import perf_counter
from typing import Any

DOORS = 4  # actions at the same time


def run(full: bool) -> list[dict[str, Any]]:
    from floorwalker.kernel.postgres import Private

    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "floorwalker.project.settings"
        os.environ["FLOORWALKER_HOME"] = folder
        server = Private(Path(folder) / "postgres")
        try:
            os.environ["FLOORWALKER_DATABASE"] = server.start().owner.url
            return measured(500_000 if full else 100_000)
        finally:
            server.stop()
            shutil.rmtree(server.folder, ignore_errors=True)  # for root it may lie elsewhere


def measured(entries: int) -> list[dict[str, Any]]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from floorwalker.kernel import audit

    call_command("migrate", verbosity=0, interactive=False)
    in_one = in_seconds(lambda: write(10_000))
    alone = in_seconds(lambda: [write(1) for _ in range(500)])
    together = in_seconds(lambda: at_once(lambda: [write(1) for _ in range(250)]))
    with transaction.atomic():
        write(entries - 10_000 - 500 - DOORS * 250)
    verdict: list[audit.Verdict] = []
    verifying = in_seconds(lambda: verdict.append(audit.verify()))
    connection.close()
    assert verdict[0].whole and verdict[0].entries == entries
    return [
        {"what": "append, one action of 10,000 entries", "entries/s": 10_000 / in_one},
        {"what": "append, an action each, one after the other", "entries/s": 500 / alone},
        {"what": f"append, an action each, {DOORS} at once", "entries/s": DOORS * 250 / together},
        {"what": f"verify {entries:,}", "entries/s": entries / verifying},
    ]


def write(entries: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from floorwalker.kernel import audit
    from floorwalker.kernel.access import SYSTEM

    facts = {"why": "Week 14 covers the Easter peak.", "shifts": 214, "changed": ["Mon 08:00", "Tue 09:30"]}
    with transaction.atomic():
        for number in range(entries):
            about = ("schedules.publication", number)
            audit.record(by=SYSTEM, verb="schedules.publish", about=about, facts=facts, at=timezone.now())


def at_once(work: Any) -> None:
    from django.db import connection

    def run() -> None:
        work()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(DOORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def in_seconds(work: Any) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun
