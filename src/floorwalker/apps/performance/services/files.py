"""Files of figures: taken in, looked at, applied or dropped; what is refused stays listed with its reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.rules.emotions import of_people_at_work
from floorwalker.apps.performance import queries
from floorwalker.apps.performance.models import FactFile
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.queries.files import source_of
from floorwalker.apps.performance.rules.facts import COLUMNS, WEIGHT, columns_of
from floorwalker.apps.performance.services.facts import tell_days
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.tables import Table

MOST_ROWS = 100_000
KEPT_DAYS = 7


class TooManyRows(Refused):
    code = "performance_too_many_rows"
    text = _("The file has more than {most} rows. Split it and take in the parts.")


class FeelingsTold(Refused):
    code = "performance_feelings_told"
    text = _(
        "The column {what} tells what somebody at work feels. Floorwalker takes that of nobody: take it out of "
        "the file and upload it again."
    )


class NoSuchColumns(Refused):
    code = "performance_no_such_columns"
    text = _("The file lacks the columns {lacking}. Name its columns agent, day, measure, value and weight.")


class AlreadyTaken(Refused):
    code = "performance_file_taken"
    status = 409
    text = _("This file is taken in already. Upload it again to compare it anew.")


@transaction.atomic
def take_file(*, table: Table, file_name: str, system: str, by: Actor, at: datetime) -> FactFile:
    """Keep a table that was read, until it is applied or dropped. Files nobody applied go after a week."""
    require(by, P.IMPORT)
    if len(table.rows) > MOST_ROWS:
        raise TooManyRows(most=f"{MOST_ROWS:,}")
    feelings = of_people_at_work(table.columns)
    if feelings:
        raise FeelingsTold(what=feelings[0][:40])
    columns = columns_of(table.columns)
    lacking = [name for name in COLUMNS if name not in columns and name != WEIGHT]
    if lacking:
        raise NoSuchColumns(lacking=", ".join(lacking))
    queries.visible_files(by).filter(uploaded_at__lt=at - timedelta(days=KEPT_DAYS), applied_at=None).delete()
    return FactFile.objects.create(
        user_id=by.user_id,
        file_name=file_name,
        system=system,
        uploaded_at=at,
        rows=[
            [line, [cells.get(columns.get(name, ""), "") for name in COLUMNS]] for line, cells in table.records()
        ],
        misfits=[misfit.line for misfit in table.misfits],
    )


@transaction.atomic
def apply_file(*, factfile_id: int, by: Actor, at: datetime) -> FactFile:
    """Tell what the file tells; read = new + replaced + same + refused, and each refused row is kept with why."""
    found = _open(by, factfile_id)
    rows = queries.plan_of(by, found, at.date())
    outcome = tell_days(
        facts=[row.told for row in rows if row.told is not None and row.kind != "same"],
        source=source_of(found.system),
        by=by,
        at=at,
    )
    refused = [[row.line, row.why, list(row.cells)] for row in rows if row.told is None]
    found.outcome = {
        "read": len(rows) + len(found.misfits),
        "new": outcome.new,
        "replaced": outcome.replaced,
        "same": sum(row.kind == "same" for row in rows),
        "refused": len(refused) + len(found.misfits),
    }
    found.applied_at, found.rows, found.refused = at, [], refused
    found.save(update_fields=["outcome", "applied_at", "rows", "refused"])
    facts = {"file": found.file_name, **found.outcome}
    about = ("performance.file", found.pk)
    audit.record(by=by, verb="performance.apply_file", about=about, facts=facts, at=at)
    return found


@transaction.atomic
def drop_file(*, factfile_id: int, by: Actor) -> None:
    """Forget a file that was not applied; nothing else changes."""
    _open(by, factfile_id).delete()


def _open(by: Actor, factfile_id: int) -> FactFile:
    """One's own file for writing, if it is not applied yet."""
    require(by, P.IMPORT)
    queries.the_file(by, factfile_id)
    found = FactFile.objects.select_for_update().get(pk=factfile_id)
    if found.applied_at is not None:
        raise AlreadyTaken
    return found
