"""Pulses: who is asked, what may be shown of the answers, and what management answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.hub import pulse_keys
from floorwalker.apps.hub.models import Pulse, PulseAsked, PulseResult, PulseSheet
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules import pulses as rules
from floorwalker.apps.people.models import Agent, Site
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import day_words
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.scoping import not_scoped, pick, scoped, within


def visible_pulses(actor: Actor, permission: Permission = P.SEE_PULSE) -> QuerySet[Pulse]:
    """Those one was asked in; who asks them sees those of their sites."""
    sight = actor.sight(permission)
    if sight.everything:
        return Pulse.objects.all()
    found = within(sight, site="site")
    if sight.own is not None:
        found |= Q(pk__in=PulseAsked.objects.filter(user=sight.own).values("pulse"))
    return Pulse.objects.filter(found)


def the_pulse(actor: Actor, pulse_id: int, permission: Permission = P.SEE_PULSE) -> Pulse:
    return pick(visible_pulses(actor, permission).select_related("site", "by"), pulse_id)


def visible_results(actor: Actor, permission: Permission = P.SEE_PULSE) -> QuerySet[PulseResult]:
    return PulseResult.objects.filter(pulse__in=visible_pulses(actor, permission))


def agents_asked(site_id: int | None, today: date) -> QuerySet[Agent]:
    """Agents who are here and can sign in; an answer is by choice, so contractors are asked as well."""
    found = Agent.objects.filter(
        Q(left_on=None) | Q(left_on__gte=today), started_on__lte=today, user__is_active=True
    )
    return found if site_id is None else found.filter(team__site=site_id)


def users_asked(pulse: Pulse) -> QuerySet[Any, int]:
    asked = PulseAsked.objects.filter(pulse=pulse, user__is_active=True)
    return asked.order_by("user").values_list("user", flat=True)


def is_asked(actor: Actor, pulse: Pulse) -> bool:
    return actor.user_id is not None and PulseAsked.objects.filter(pulse=pulse, user=actor.user_id).exists()


def my_sheet(actor: Actor, pulse: Pulse) -> PulseSheet | None:
    """One's own answers while the pulse is open, found by trying one's key."""
    if actor.user_id is None:
        return None
    keys = pulse_keys.keys_of(pulse.pk, actor.user_id)
    return PulseSheet.objects.filter(pulse=pulse, key__in=keys).first()


def pulses_open_for(actor: Actor, today: date) -> list[Pulse]:
    """Pulses one is asked in and has not answered."""
    if actor.user_id is None or not actor.sight(P.SEE_PULSE):
        return []
    asked = PulseAsked.objects.filter(user=actor.user_id).values("pulse")
    found = Pulse.objects.filter(pk__in=asked, state=Pulse.State.OPEN, closes_on__gte=today).order_by("closes_on")
    return [each for each in found[:3] if my_sheet(actor, each) is None]


def pulses_to_answer(actor: Actor) -> list[Pulse]:
    """Closed ones that wait for this asker's answer, and answered ones whose day for what follows is set."""
    if actor.user_id is None or not actor.sight(P.ASK_PULSE):
        return []
    found = Pulse.objects.filter(by=actor.user_id, state__in=[Pulse.State.CLOSED, Pulse.State.ANSWERED])
    return list(found.select_related("site").order_by("answer_by", "pk")[:5])


def to_close(today: date) -> QuerySet[Pulse]:
    return Pulse.objects.filter(state=Pulse.State.OPEN, closes_on__lt=today).order_by("pk")


def sites_to_ask(actor: Actor) -> QuerySet[Site]:
    rows = Site.objects.filter(within(actor.sight(P.ASK_PULSE), site="pk"), archived=False)
    return rows.order_by("name", "pk")


def place_of(pulse: Pulse) -> str:
    return pulse.site.name if pulse.site else _("all sites")


@dataclass(frozen=True)
class PulsePage:
    items: list[Pulse]
    page: Rows[Pulse]


def pulses(actor: Actor, **place: Any) -> PulsePage:
    rows = visible_pulses(actor).select_related("site", "by")
    page = page_of(rows, ("-opened_at", "-pk"), limit=25, counted=True, **place)
    return PulsePage(page.items, page)


@dataclass(frozen=True)
class Answers:
    """One group's share for one question; the same group's share in the pulse before, where both are shown."""

    share: rules.Share
    before: rules.Share | None
    weakest: bool  # the one driver that stands clear below the others in this group


@dataclass(frozen=True)
class Row:
    """A group that may be shown, with its answers in the order of the questions."""

    group: str
    name: str
    answered: int
    cells: list[Answers]


@dataclass(frozen=True)
class Results:
    questions: tuple[str, ...]
    everybody: Row | None
    weakest: str | None  # of all who answered; none where no driver stands clear
    teams: list[Row]
    bands: list[Row]


def results(pulse: Pulse) -> Results:
    """Everything of a pulse that may be shown."""
    asked = rules.questions(pulse.asks, pulse.fourth)
    before = _shares(previous(pulse))
    names: dict[tuple[str, int | None, str], str] = {}
    found = PulseResult.objects.filter(pulse=pulse).select_related("team").order_by("team__name", "pk")
    shares: dict[tuple[str, int | None, str], dict[str, rules.Share]] = {}
    weakest: dict[tuple[str, int | None, str], str] = {}
    for each in found:
        key = (each.group, each.team_id, each.band)
        names[key] = each.team.name if each.team else each.band
        shares.setdefault(key, {})[each.question] = rules.Share(each.agree, each.answered)
        if each.weakest:
            weakest[key] = each.question

    def row(key: tuple[str, int | None, str]) -> Row:
        known = shares[key]
        cells = [Answers(known[name], before.get((key, name)), weakest.get(key) == name) for name in asked]
        return Row(key[0], names[key], cells[0].share.of, cells)

    everybody = [row(key) for key in shares if key[0] == PulseResult.Group.ALL]
    order = [band for band, _most in rules.BANDS]
    bands = sorted(
        (key for key in shares if key[0] == PulseResult.Group.BAND), key=lambda key: order.index(key[2])
    )
    teams = [row(key) for key in shares if key[0] == PulseResult.Group.TEAM]
    low = next((name for key, name in weakest.items() if key[0] == PulseResult.Group.ALL), None)
    return Results(asked, everybody[0] if everybody else None, low, teams, [row(key) for key in bands])


def previous(pulse: Pulse) -> Pulse | None:
    """The one before it with the same people asked for: all sites, or the same site."""
    found = Pulse.objects.filter(site=pulse.site_id, closed_at__isnull=False, opened_at__lt=pulse.opened_at)
    return found.order_by("-opened_at", "-pk").first()


def _shares(pulse: Pulse | None) -> dict[tuple[tuple[str, int | None, str], str], rules.Share]:
    if pulse is None:
        return {}
    rows = PulseResult.objects.filter(pulse=pulse)
    return {
        ((each.group, each.team_id, each.band), each.question): rules.Share(each.agree, each.answered)
        for each in rows
    }


def over_time(pulse: Pulse, most: int = 12) -> list[tuple[Pulse, dict[str, rules.Share]]]:
    """All who answered, pulse by pulse, the earliest first."""
    same = Pulse.objects.filter(site=pulse.site_id, closed_at__isnull=False, opened_at__lte=pulse.opened_at)
    found = list(same.order_by("-opened_at", "-pk")[:most])[::-1]
    rows = PulseResult.objects.filter(pulse__in=found, group=PulseResult.Group.ALL)
    shares: dict[int, dict[str, rules.Share]] = {}
    for each in rows:
        shares.setdefault(each.pulse_id, {})[each.question] = rules.Share(each.agree, each.answered)
    return [(each, shares.get(each.pk, {})) for each in found]


def asked_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    found = visible_pulses(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    words = {"day": day_words(found.closes_on)}
    if found.state != Pulse.State.OPEN:
        return _("The pulse of %(day)s is closed.") % words
    return _("Four questions, without your name, until %(day)s. Answering is up to you.") % words


def ended_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    found = visible_pulses(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    words = {"day": day_words(found.closes_on)}
    if found.state == Pulse.State.TOO_FEW:
        return _("Too few answered the pulse of %(day)s; nothing was kept.") % words
    if found.state == Pulse.State.CLOSED:
        return _("The results of the pulse of %(day)s are there.") % words
    return _("The pulse of %(day)s is answered: what follows, and by when.") % words


scoped(
    Pulse,
    visible_pulses,
    P.SEE_PULSE,
    P.ASK_PULSE,
    canary=("answer", "outcome"),
    relations=("own", "site"),
)
scoped(
    PulseResult,
    visible_results,
    P.SEE_PULSE,
    fixed=("band", "question"),
    key="result_id",
    relations=("own", "site"),
)
not_scoped(
    PulseAsked, "whom a pulse asks; read only to ask whether the reader is among them, and to tell them all"
)
not_scoped(
    PulseSheet, "a sheet knows no author and is read by nobody: counted when the pulse closes, then deleted"
)
