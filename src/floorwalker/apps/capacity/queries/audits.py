"""What a simulation makes of required staff and of the published roster, beside what was claimed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import hypot
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.models import DayAudit, RequiredDay
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.queries.inputs import rostered_days
from floorwalker.apps.capacity.queries.required import goal_words, newest_days
from floorwalker.apps.capacity.queries.scope import visible_day_audits
from floorwalker.apps.capacity.queries.stale import SAME
from floorwalker.apps.capacity.queries.study_words import band
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import Queue
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import number_words, percent_words
from floorwalker.science.timegrid import TimeGrid

TONES = {"holds": "good", "nobody": "bad", "too_much": "bad", "too_little": "info"}
Basis = DayAudit.Basis


@dataclass(frozen=True)
class Verdict:
    """A service level claimed beside the one simulated, with its band."""

    claimed: float
    achieved: float
    low: float
    high: float

    @property
    def level(self) -> str:
        return rules.claim_level(self.claimed, self.achieved)

    @property
    def tone(self) -> str:
        return TONES[self.level]

    @property
    def claimed_words(self) -> str:
        return percent_words(self.claimed, 1)

    @property
    def achieved_words(self) -> str:
        """“81.2 % (80.4–82.0)”."""
        band = f"{number_words(100 * self.low, digits=1)}–{number_words(100 * self.high, digits=1)}"
        return f"{percent_words(self.achieved, 1)} ({band})"

    @property
    def word(self) -> str:
        points = number_words(100 * abs(self.achieved - self.claimed), digits=1)
        if self.level == "holds":
            return _("as claimed")
        if self.level == "nobody":
            return _("hardly anybody is answered in time, as claimed")
        if self.level == "too_much":
            return _("%(n)s points less than claimed") % {"n": points}
        return _("%(n)s points more than claimed") % {"n": points}


@dataclass(frozen=True)
class AuditDay:
    """One day on the page of a queue's week."""

    day: date
    verdict: Verdict
    abandoned: str  # “12 (9 to 15)”
    worth: str  # “1,240 (1,180 to 1,300)”; empty where nobody has said what a contact is worth
    worst: str  # the hour of the day in which the claim is furthest off
    stale: list[str]


@dataclass(frozen=True)
class WeekAudit:
    """A queue's week as simulated: with the published roster where there is one, else with what is required."""

    basis: str
    days: list[AuditDay]
    total: Verdict
    abandoned: float
    abandoned_low: float
    abandoned_high: float
    worth: str  # “1,240 EUR (1,180 to 1,300), 1,300 claimed”
    currency: str  # empty where it is not known what a contact is worth
    replications: int
    made_at: datetime
    stale: list[str]

    @property
    def basis_words(self) -> Any:
        return Basis(self.basis).label

    @property
    def sentence(self) -> str:
        """What came of it, in one sentence."""
        off = [each for each in self.days if each.verdict.level not in ("holds", "nobody")]
        words = {"achieved": self.total.achieved_words, "claimed": self.total.claimed_words, "n": len(self.days)}
        what = _("Simulated, %(achieved)s are answered in time; %(claimed)s were claimed.") % words
        if self.worth:
            what = f"{what} {_('Worth %(money)s.') % {'money': self.worth}}"
        if not off:
            return f"{what} {_('Every day is within 2 points of its claim.')}"
        days = ngettext(
            "%(off)s of %(n)s days is off by more than 2 points.",
            "%(off)s of %(n)s days are off by more than 2 points.",
            len(off),
        )
        return f"{what} {days % {**words, 'off': len(off)}}"


def week_audit(
    actor: Actor,
    queue: Queue,
    monday: date,
    required: Iterable[RequiredDay],
    rostered: dict[date, list[int] | None],
) -> WeekAudit | None:
    """The newest of a week; None where nothing was simulated. ``rostered`` and ``required`` are those of now."""
    rows = _rows(actor, [queue.pk], monday)
    return _of(rows, {row.day: row for row in required}, rostered)


def _rows(actor: Actor, queues: Iterable[int], monday: date) -> list[DayAudit]:
    found = visible_day_audits(actor, P.SEE).filter(queue__in=list(queues))
    return list(found.filter(day__range=(monday, monday + timedelta(days=6))).order_by("queue", "day"))


def _of(
    rows: Sequence[DayAudit],
    required: dict[date, RequiredDay],
    rostered: dict[date, list[int] | None],
) -> WeekAudit | None:
    basis = Basis.ROSTERED if any(row.basis == Basis.ROSTERED for row in rows) else Basis.REQUIRED
    chosen = [row for row in rows if row.basis == basis]
    if not chosen:
        return None
    days = []
    for row in chosen:
        stale = _stale(row, required.get(row.day), rostered.get(row.day))
        abandoned = band((row.abandoned, row.abandoned_low, row.abandoned_high))
        worst = _worst(row, required.get(row.day))
        days.append(AuditDay(row.day, _verdict(row), abandoned, _worth_words([row], ""), worst, stale))
    total = _week_verdict(chosen)
    currencies = {row.currency for row in chosen}
    currency = currencies.pop() if len(currencies) == 1 else ""
    abandoned = sum(row.abandoned for row in chosen)
    reach = hypot(*(_half(row.abandoned, row.abandoned_low, row.abandoned_high) for row in chosen))
    return WeekAudit(
        basis=basis,
        days=days,
        total=total,
        abandoned=abandoned,
        abandoned_low=max(0.0, abandoned - reach),
        abandoned_high=abandoned + reach,
        worth=_worth_words(chosen, currency) if currency else "",
        currency=currency,
        replications=min(row.replications for row in chosen),
        made_at=min(row.made_at for row in chosen),
        stale=sorted({why for each in days for why in each.stale}),
    )


def _week_verdict(rows: Sequence[DayAudit]) -> Verdict:
    """Every contact of the days counting once.

    Callers of different days have nothing to do with each other: the errors of days partly cancel out, and the
    week is known better than any of its days.
    """
    weights = [row.day_contacts for row in rows]
    contacts = sum(weights) or 1.0
    shares = [(weight / contacts, _verdict(row)) for weight, row in zip(weights, rows, strict=True)]
    claimed = sum(share * each.claimed for share, each in shares)
    mean = sum(share * each.achieved for share, each in shares)
    reach = hypot(*(share * _half(each.achieved, each.low, each.high) for share, each in shares))
    return Verdict(claimed, mean, max(0.0, mean - reach), min(1.0, mean + reach))


def _worth_words(rows: Sequence[DayAudit], currency: str) -> str:
    """“1,240 EUR (1,180 to 1,300), 1,300 claimed”, or without a currency the number and its band alone."""
    if not rows[0].currency:
        return ""
    worth = sum(row.worth for row in rows)
    reach = hypot(*(_half(row.worth, row.worth_low, row.worth_high) for row in rows))
    amounts = {
        "n": worth,
        "low": worth - reach,
        "high": worth + reach,
        "claimed": sum(r.worth_claimed for r in rows),
    }
    words = {"currency": currency, **{name: number_words(each, digits=0) for name, each in amounts.items()}}
    if not currency:
        return _("%(n)s (%(low)s to %(high)s)") % words
    return _("%(n)s %(currency)s (%(low)s to %(high)s), %(claimed)s claimed") % words


def _half(mean: float, low: float, high: float) -> float:
    """Half the width of a band one end of which may have been cut off at the border of what can be."""
    return max(mean - low, high - mean)


def _verdict(row: DayAudit) -> Verdict:
    return Verdict(row.day_claimed, row.day_achieved, row.day_low, row.day_high)


def _worst(row: DayAudit, required: RequiredDay | None) -> str:
    """“10:00–10:30: 71 %, claimed 80 %”; nothing where no interval has its band outside the two points."""
    gaps = [
        (abs(have - claim) * contacts, number)
        for number, (have, claim, low, high, contacts) in enumerate(
            zip(row.achieved, row.claimed, row.low, row.high, row.contacts, strict=True)
        )
        if have is not None and (low > claim + rules.CLAIM_HOLDS or high < claim - rules.CLAIM_HOLDS)
    ]
    if not gaps or required is None:
        return ""
    number = max(gaps)[1]
    words = {
        "time": interval_words(required, number),
        "achieved": percent_words(row.achieved[number]),
        "claimed": percent_words(row.claimed[number]),
    }
    return _("%(time)s: %(achieved)s, claimed %(claimed)s") % words


def interval_words(required: RequiredDay, number: int) -> str:
    """“10:00–10:30” on the clock of the queue."""
    grid = TimeGrid(required.day, 1, required.requirement.step_seconds, required.requirement.zone)
    start = datetime.fromtimestamp(grid.starts[number], UTC).astimezone(ZoneInfo(grid.zone))
    end = datetime.fromtimestamp(grid.starts[number] + grid.lengths[number], UTC).astimezone(ZoneInfo(grid.zone))
    return f"{start:%H:%M}–{end:%H:%M}"


def _stale(row: DayAudit, required: RequiredDay | None, rostered: list[int] | None) -> list[str]:
    """Why a day should be simulated again; nothing while it still holds."""
    found = []
    if row.basis == Basis.ROSTERED and row.people != rostered:
        found.append(_("the roster has changed since"))
    if row.basis == Basis.REQUIRED and (required is None or row.people != required.required):
        found.append(_("required staff has changed since"))
    if required is not None and _expected_otherwise(row, required):
        found.append(_("the forecast has changed since"))
    return found


def _expected_otherwise(row: DayAudit, required: RequiredDay) -> bool:
    """Another version, or under the same one a planner's change."""
    if row.forecast_version != required.requirement.forecast_version or len(row.contacts) != len(
        required.contacts
    ):
        return True
    pairs = zip(row.contacts, required.contacts, strict=True)
    return any(abs(then - now) > SAME * max(1.0, now) for then, now in pairs)


def interval_audit(
    actor: Actor, queue: Queue, required: RequiredDay, rostered: list[int] | None, number: int
) -> list[tuple[Any, Any]]:
    """The simulated lines of one interval, for “why 43?”: with the agents required, and with the roster.

    ``rostered`` are the people at work that day as published now; what was simulated of others is not said.
    """
    found: list[tuple[Any, Any]] = []
    rows = visible_day_audits(actor, P.SEE).filter(queue=queue, day=required.day).order_by("basis")
    for row in rows:
        if number >= len(row.achieved) or row.achieved[number] is None:
            continue
        if _stale(row, required, rostered):
            continue
        verdict = Verdict(row.claimed[number], row.achieved[number], row.low[number], row.high[number])
        label = _("As simulated") if row.basis == Basis.REQUIRED else _("The published roster, simulated")
        words = {"achieved": verdict.achieved_words, "claimed": verdict.claimed_words}
        found.append((label, _("%(achieved)s; claimed %(claimed)s") % words))
    return found


@dataclass(frozen=True)
class QueueLine:
    """One queue of a site's published week."""

    queue: Queue
    goal: str
    audit: WeekAudit
    url: str


def site_audits(actor: Actor, site_id: int, monday: date) -> list[QueueLine]:
    """The queues of a site whose published week was simulated, for the page of the roster."""
    queues = {
        queue.pk: queue for queue in demand.visible_queues(actor, P.SEE).filter(site=site_id, archived=False)
    }
    rows: dict[int, list[DayAudit]] = {}
    for row in _rows(actor, queues, monday):
        if row.basis == Basis.ROSTERED:
            rows.setdefault(row.queue_id, []).append(row)
    required: dict[int, dict[date, RequiredDay]] = {}
    for each in newest_days(actor, rows, monday, monday + timedelta(days=6)):
        required.setdefault(each.requirement.queue_id, {})[each.day] = each
    found = []
    for pk, days in rows.items():
        queue, needs = queues[pk], required.get(pk, {})
        if not needs:
            continue
        kept = next(iter(needs.values())).requirement
        dates = [row.day for row in days]
        counts = rostered_days(queue, dates, kept.step_seconds, kept.zone)
        audit = _of(days, needs, dict(zip(dates, counts, strict=True)))
        if audit is not None:
            url = f"{reverse('capacity:required')}?queue={pk}&week={monday.isoformat()}#simulated"
            found.append(QueueLine(queue, goal_words(kept.settings["goals"]), audit, url))
    return sorted(found, key=lambda line: line.queue.name)
