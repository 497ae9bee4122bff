"""Publication: a draft, or an earlier version, becomes the week that counts – all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.schedules.events import RosterPublished
from floorwalker.apps.schedules.models import Draft, Publication
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.preview import Sheet, week_in_sight, workers_of
from floorwalker.apps.schedules.queries.shifts import draft_stints, live_stints
from floorwalker.apps.schedules.queries.weeks import the_draft, the_publication
from floorwalker.apps.schedules.rules.differences import Difference, differences, notice_hours
from floorwalker.apps.schedules.services.drafts import open_draft
from floorwalker.apps.schedules.services.promised import keep_week
from floorwalker.apps.schedules.services.refusals import BreaksRules, DraftBehind, NothingToPublish
from floorwalker.apps.schedules.services.versions import locked_week, write_version
from floorwalker.kernel import notices
from floorwalker.kernel.access import Actor, require

PUBLISHED = "schedules.published"


@transaction.atomic
def publish(*, draft_id: int, note: str = "", by: Actor, at: datetime) -> Publication:
    """Make a draft the week that counts."""
    require(by, P.PUBLISH)
    week = locked_week(the_draft(by, draft_id, P.PUBLISH).week_id)
    draft = open_draft(by, draft_id)
    if draft.based_on != week.number:
        raise DraftBehind(base=draft.based_on, current=week.number)
    found = differences(live_stints(week), draft_stints(draft.pk))
    if not found and week.number:
        raise NothingToPublish
    week_in_sight(by, week, found, P.PUBLISH)
    _nobody_assigned_who_must_not_be(Sheet(week), found)
    publication = write_version(
        week=week,
        found=found,
        kind=Publication.Kind.ROSTER,
        note=note,
        by=by,
        at=at,
        facts={"draft": draft.pk, "hours_notice": notice_hours(found, at)},
    )
    keep_week(week=week, by=by, at=at)
    draft.state, draft.published_as = Draft.State.PUBLISHED, publication
    draft.save(update_fields=["state", "published_as"])
    return publication


@transaction.atomic
def publish_again(*, publication_id: int, note: str = "", by: Actor, at: datetime) -> Publication:
    """Make the week what it was in an earlier version: as a new version, so that nothing that was is lost."""
    require(by, P.PUBLISH)
    earlier = the_publication(by, publication_id, P.PUBLISH)
    week = locked_week(earlier.week_id)
    found = differences(live_stints(week), live_stints(week, earlier.number))
    if not found:
        raise NothingToPublish
    week_in_sight(by, week, found, P.PUBLISH)
    _nobody_assigned_who_must_not_be(Sheet(week), found)
    return write_version(
        week=week,
        found=found,
        kind=Publication.Kind.EARLIER,
        note=note or _("Version %(number)s again") % {"number": earlier.number},
        by=by,
        at=at,
        facts={"again": earlier.number},
    )


def _nobody_assigned_who_must_not_be(sheet: Sheet, found: list[Difference]) -> None:
    """Contractors are offered work, and who has left gets none: neither from an old draft nor an old version."""
    given = [each.after for each in found if each.after and each.after.agent]
    everyone = {worker.id: worker for worker in workers_of(sorted({s.agent for s in given if s.agent}), sheet)}
    wrong = []
    for stint in given:
        worker = everyone[stint.agent or 0]
        if worker.contractor:
            wrong.append(_("%(name)s is an independent contractor") % {"name": worker.name})
        elif stint.day and not worker.employed(stint.day):
            wrong.append(_("%(name)s does not work here on %(day)s") % {"name": worker.name, "day": stint.day})
    if wrong:
        raise BreaksRules(sentences="; ".join(dict.fromkeys(wrong)))


def tell_of_publication(event: RosterPublished, at: datetime) -> None:
    """Tell everybody whose days to come have changed, each once however often this is called."""
    notices.notify_many(
        to=event.tell,
        kind=PUBLISHED,
        ref=("schedules.publication", event.publication_id),
        once=f"published:{event.publication_id}",
        at=at,
    )
