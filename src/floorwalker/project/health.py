"""What the machine next door asks: does the process answer, and can it serve."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from floorwalker.kernel.jobs.worker import STALLED_SECONDS
from floorwalker.kernel.pages import Request, public_page

_migrated = False  # tables never go back while a process lives, so the answer yes is kept


@public_page("Says no more than that the process answers.")
def alive(_request: Request) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"ok": True})


@public_page("Says only whether the suite can serve; what is wrong stands in its log.")
def ready(_request: Request) -> HttpResponse:
    """The database answers, its tables are up to date, and a worker gives signs of life."""
    try:
        ok = migrated() and works()
    except DatabaseError:
        ok = False
    return JsonResponse({"ok": ok}, status=200 if ok else 503)


def migrated() -> bool:
    """Whether no change of tables is pending."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def works() -> bool:
    """Whether a worker was heard of lately; the question itself shows that the database answers."""
    since = timezone.now() - timedelta(seconds=STALLED_SECONDS)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()
