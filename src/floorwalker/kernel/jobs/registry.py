"""The kinds of jobs and the timetable; filled by each domain's `tasks.py`, which every process reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import QuerySet

from floorwalker.kernel.access import Actor, Permission

if TYPE_CHECKING:
    from floorwalker.kernel.jobs.running import Running

Body = Callable[["Running"], None]
Timed = TypeVar("Timed", bound=Callable[[datetime], Any])

MEMORY_MB = 4096
QUICK, LONG = "quick", "long"


@dataclass(frozen=True)
class Kind:
    """A kind of job: what runs, with how much memory, and who beside its starter sees it."""

    key: str
    body: Body
    memory_mb: int = MEMORY_MB
    permission: Permission | None = None
    refs: Callable[[Actor], QuerySet[Any]] | None = None
    url: Callable[[int], str] | None = None
    unit: Any = ""  # of best and bound, in words


KINDS: dict[str, Kind] = {}


def job(
    key: str,
    *,
    memory_mb: int = MEMORY_MB,
    permission: Permission | None = None,
    refs: Callable[[Actor], QuerySet[Any]] | None = None,
    url: Callable[[int], str] | None = None,
    unit: Any = "",
) -> Callable[[Body], Body]:
    """Register what a job of this kind does; it must be fit to run again from its beginning.

    Its starter always sees it. ``permission`` lets those see it who hold it everywhere; ``refs(actor)``, a query
    of the domain, gives the objects whose jobs others see. ``url(ref_id)`` is the page of the result. ``unit``
    says what best and bound are counted in.
    """

    def register(body: Body) -> Body:
        KINDS[key] = Kind(key, body, memory_mb, permission, refs, url, unit)
        return body

    return register


def every(cron: str, name: str) -> Callable[[Timed], Timed]:
    """Call a function by timetable (cron, in UTC, a sixth field for seconds) with the moment it is for.

    Two workers do not call it twice for one moment, and a late one is not called twice at once.
    """
    from procrastinate.contrib.django import app

    def register(function: Timed) -> Timed:
        def run(timestamp: int) -> None:
            function(datetime.fromtimestamp(timestamp, UTC))

        task = app.task(run, name=name, queue=QUICK, queueing_lock=name, lock=name)
        app.periodic(cron=cron)(task)
        return function

    return register
