"""The early warnings: days of the next two weeks that may miss their target, the worst first, with a repair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.models import DayRisk
from floorwalker.apps.capacity.queries.scope import visible_day_risks
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.queries.expectations import when_tight
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import number_words
from floorwalker.kernel.paging import Rows, page_of

TONES = {"likely": "bad", "possible": "attention", "unlikely": "neutral"}


@dataclass(frozen=True)
class RiskyDay:
    """One day of one queue that may miss its target."""

    queue: Queue
    day: date
    risk: DayRisk
    level: str
    word: str
    url: str
    agreed: str  # what may be done for its client when it is tight; empty where nothing is agreed or to be seen

    @property
    def tone(self) -> str:
        return TONES[self.level]

    @property
    def why(self) -> str:
        """The sentence, made when it is read: whoever names the worst few does not make them all."""
        return _why(self.risk)

    @property
    def repair(self) -> str:
        return _repair(self.risk)


@dataclass(frozen=True)
class Watch:
    """A page of the list; ``days`` computed at all, ``at_risk`` of them, ``made_at`` the newest computation."""

    first: date
    last: date
    warnings: list[RiskyDay]
    page: Rows[DayRisk]
    days: int
    at_risk: int
    made_at: datetime | None


def watch(
    actor: Actor, at: datetime, *, after: str = "", before: str = "", limit: int = 50, agreed: bool = True
) -> Watch:
    """What is at risk in the fortnight from today on, the worst first, in two queries.

    ``agreed``: also what may be done for the client when it is tight, in a third.
    """
    first = at.astimezone(ZoneInfo(actor.zone)).date()
    last = first + timedelta(days=rules.DAYS_WATCHED - 1)
    near = visible_day_risks(actor).filter(day__range=(first, last), queue__archived=False)
    at_risk = Q(probability__gt=rules.LIKELY) | Q(uncovered_contacts__gte=1)
    rows = near.filter(at_risk).select_related("queue")
    page = page_of(rows, ("-probability", "-short_hours", "day"), after=after, before=before, limit=limit)
    counts = near.aggregate(days=Count("pk"), at_risk=Count("pk", filter=at_risk), newest=Max("made_at"))
    page = replace(page, total=counts["at_risk"])
    may = when_tight(actor, [(row.queue.client_id, row.day) for row in page.items]) if agreed else {}
    found = [_warning(row, may.get((row.queue.client_id, row.day), "")) for row in page.items]
    return Watch(first, last, found, page, counts["days"], counts["at_risk"], counts["newest"])


def _warning(row: DayRisk, agreed: str) -> RiskyDay:
    level = rules.risk_level(row.probability)
    words = {"likely": _("likely"), "possible": _("possible"), "unlikely": _("unlikely")}
    week = rules.monday(row.day).isoformat()
    url = f"{reverse('capacity:required')}?queue={row.queue_id}&week={week}"
    return RiskyDay(row.queue, row.day, row, level, words[level], url, agreed)


def _why(row: DayRisk) -> str:
    zone = ZoneInfo(row.queue.zone)
    if row.uncovered_contacts >= 1:
        return _("About %(contacts)s callers are expected while nobody is at work.") % {
            "contacts": number_words(row.uncovered_contacts)
        }
    words = {
        "time": date_format(row.riskiest.astimezone(zone), "H:i"),
        "hours": number_words(row.short_hours, digits=1),
        "contacts": number_words(row.contacts),
    }
    if row.basis == DayRisk.Basis.ROSTERED:
        return _("The published roster is tightest at %(time)s; %(hours)s hours short on average.") % words
    return (
        _("Tight at %(time)s even with everybody required, should more than %(contacts)s contacts come.") % words
    )


def _about(callers: float) -> str:
    """Ten and more are said without a fraction: nobody counts tenths of callers there."""
    return number_words(callers, digits=0 if callers >= 10 else 1)


def _repair(row: DayRisk) -> str:
    if row.repair_start is None or row.repair_end is None:
        return ""
    zone = ZoneInfo(row.queue.zone)
    words = {
        "from": date_format(row.repair_start.astimezone(zone), "H:i"),
        "until": date_format(row.repair_end.astimezone(zone), "H:i"),
        "kept": _about(row.repair_kept),
        "in_time": _about(row.repair_in_time),
    }
    if row.repair_kept >= 0.05:
        return (
            _("Add one person %(from)s–%(until)s: about %(kept)s callers kept, %(in_time)s more in time.") % words
        )
    return _("Add one person %(from)s–%(until)s: about %(in_time)s more callers answered in time.") % words
