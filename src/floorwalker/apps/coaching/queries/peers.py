"""Buddies and peer coaching: who sees that there is a pair, who reads its words, and the credit of who helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import PeerMeeting, PeerNote, PeerPair
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import peers as rules
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.offphone.rules import Slot
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import Message, number_words
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.periods import Period
from floorwalker.kernel.scoping import pick, scoped, within

AHEAD = timedelta(days=14)
CREDITED = timedelta(days=91)
OPEN = Q(state__in=rules.OPEN)


def visible_pairs(actor: Actor, permission: Permission = P.SEE_PAIRS) -> QuerySet[PeerPair]:
    """The two, and who leads one of them: that there is a pair and how long they met, never a word."""
    sight = actor.sight(permission)
    helper, learner = (
        within(sight, own=f"{each}__user", team=f"{each}__team", site=f"{each}__team__site")
        for each in ("helper", "learner")
    )
    return PeerPair.objects.filter(helper | learner)


def the_pair(actor: Actor, pair_id: int, permission: Permission = P.SEE_PAIRS) -> PeerPair:
    rows = visible_pairs(actor, permission).select_related(
        "helper__team__site", "learner__team__site", "proposed_by"
    )
    return pick(rows, pair_id)


def visible_meetings(actor: Actor, permission: Permission = P.SEE_PAIRS) -> QuerySet[PeerMeeting]:
    return PeerMeeting.objects.filter(pair__in=visible_pairs(actor, permission))


def the_meeting(actor: Actor, meeting_id: int, permission: Permission = P.SEE_PAIRS) -> PeerMeeting:
    return pick(visible_meetings(actor, permission).select_related("pair__helper", "pair__learner"), meeting_id)


def visible_peer_notes(actor: Actor, permission: Permission = P.TALK) -> QuerySet[PeerNote]:
    """The two and nobody else, whoever leads them."""
    sight = actor.sight(permission)
    return PeerNote.objects.filter(
        within(sight, own="pair__helper__user") | within(sight, own="pair__learner__user")
    )


scoped(PeerPair, visible_pairs, P.SEE_PAIRS, P.PAIR, canary="about", key="pair_id")
scoped(PeerMeeting, visible_meetings, P.SEE_PAIRS, P.PAIR, key="meeting_id")
scoped(PeerNote, visible_peer_notes, P.TALK, canary="words", key="peer_note_id", relations=("own",))


def pairs(actor: Actor, **place: Any) -> Rows[PeerPair]:
    """Pairs in sight, the open ones first."""
    rows = visible_pairs(actor).select_related("helper", "learner")
    rows, order = open_first(rows, OPEN, due="proposed_at", ended="ended_at")
    return page_of(rows, order, counted=True, **place)


@dataclass(frozen=True)
class Credit:
    """Minutes somebody helped in meetings that took place, lately."""

    helper: str
    minutes: int
    meetings: int
    learners: int


def credits_of(actor: Actor, at: datetime) -> list[Credit]:
    """Helpers in sight by name, never ranked."""
    rows = (
        visible_meetings(actor)
        .filter(state="held", held_at__gte=at - CREDITED)
        .values("pair__helper", "pair__helper__name")
        .annotate(spent=Sum("minutes"), times=Count("pk"), people=Count("pair__learner", distinct=True))
        .order_by("pair__helper__name", "pair__helper")
    )
    return [Credit(row["pair__helper__name"], row["spent"], row["times"], row["people"]) for row in rows]


def pair_side(actor: Actor, pair: PeerPair) -> str:
    """Helper, learner, lead of one of them, or nothing."""
    if actor.user_id is not None and pair.helper.user_id == actor.user_id:
        return rules.HELPER
    if actor.user_id is not None and pair.learner.user_id == actor.user_id:
        return rules.LEARNER
    led = people.visible_agents(actor, P.PAIR).filter(pk__in=[pair.helper_id, pair.learner_id])
    return rules.LEAD if led.exists() else ""


@dataclass(frozen=True)
class PairPage:
    """One pair, and what its reader may know and do."""

    pair: PeerPair
    side: str
    inside: bool
    i_said_yes: bool
    meetings: list[PeerMeeting]
    credit: int
    thread: list[Message]
    times: list[Slot]
    waiting: PeerMeeting | None  # planned, to be placed or held


def pair_page(actor: Actor, pair: PeerPair, at: datetime) -> PairPage:
    side = pair_side(actor, pair)
    inside = side in (rules.HELPER, rules.LEARNER)
    meetings = list(visible_meetings(actor).filter(pair=pair)[:50])
    waiting = next((each for each in meetings if each.state == "planned"), None)
    notes = visible_peer_notes(actor).filter(pair=pair).select_related("by")
    said_yes = pair.helper_yes_at if side == rules.HELPER else pair.learner_yes_at
    return PairPage(
        pair=pair,
        side=side,
        inside=inside,
        i_said_yes=bool(said_yes),
        meetings=meetings,
        credit=sum(each.minutes for each in meetings if each.state == "held"),
        thread=[
            Message(each.by.name, each.at, text=each.words, mine=each.by_id == actor.user_id) for each in notes
        ],
        times=meeting_times(actor, waiting, at) if side == rules.LEAD and waiting else [],
        waiting=waiting,
    )


def meeting_times(actor: Actor, meeting: PeerMeeting, at: datetime) -> list[Slot]:
    """The cheapest times at which both are on the phones; only for who leads both."""
    both = [meeting.pair.helper_id, meeting.pair.learner_id]
    if people.visible_agents(actor, P.PAIR).filter(pk__in=both).count() < len(both):
        return []
    return offphone.cheap_slots(both, meeting.minutes, Period(at, at + AHEAD), actor=actor, wanted=3)


def agents_to_pair(actor: Actor) -> QuerySet[Agent]:
    """Agents one leads, still here."""
    rows = people.visible_agents(actor, P.PAIR).filter(left_on=None).exclude(user=actor.user_id)
    return rows.select_related("team__site").order_by("name", "pk")


@dataclass(frozen=True)
class Helper:
    """Somebody who could help, and why."""

    agent: Agent
    why: str


def helpers_for(actor: Actor, learner: Agent, at: datetime) -> list[Helper]:
    """Who works when the learner does, has room and is here long enough; without a look at anybody's figures."""
    others = [each for each in agents_to_pair(actor) if each.pk != learner.pk]
    shifts = offphone.shifts_of([learner.pk, *(each.pk for each in others)], Period(at, at + AHEAD))
    mine = [period for period, _group in shifts.get(learner.pk, [])]
    busy = dict(
        PeerPair.objects.filter(OPEN, helper__in=others).order_by().values_list("helper").annotate(n=Count("pk"))
    )
    found = {
        each.pk: rules.Candidate(
            each.pk,
            _together(mine, (period for period, _group in shifts.get(each.pk, []))),
            busy.get(each.pk, 0),
            (at.date() - each.started_on).days,
        )
        for each in others
        if each.started_on < learner.started_on or not mine
    }
    by_id = {each.pk: each for each in others}
    return [Helper(by_id[each.agent], _why(each)) for each in rules.in_order(list(found.values()))]


def _together(mine: Iterable[Period], theirs: Iterable[Period]) -> float:
    others = list(theirs)
    seconds = 0.0
    for each in mine:
        for other in others:
            seconds += max(0.0, (min(each.end, other.end) - max(each.start, other.start)).total_seconds())
    return seconds / 3600


def _why(found: rules.Candidate) -> str:
    return _("%(hours)s hours at work together in two weeks; helps %(n)s now; here for %(days)s days") % {
        "hours": number_words(found.hours_together, digits=0),
        "n": number_words(found.helping),
        "days": number_words(found.days_here),
    }


def pairs_waiting(actor: Actor) -> list[PeerPair]:
    """Proposals one has not answered."""
    asked = Q(helper__user=actor.user_id, helper_yes_at=None) | Q(learner__user=actor.user_id, learner_yes_at=None)
    rows = visible_pairs(actor).filter(asked, state="proposed").select_related("helper", "learner")
    return list(rows.order_by("proposed_at", "pk")[:10])


def pairs_over(today: date) -> list[int]:
    """Open pairs whose last day is over, or one of whom has left."""
    gone = Q(helper__left_on__lte=today) | Q(learner__left_on__lte=today)
    rows = PeerPair.objects.filter(OPEN).filter(Q(last_day__lt=today) | gone)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def meeting_of_session(session_id: int) -> int | None:
    found = PeerMeeting.objects.filter(
        Q(helper_session=session_id) | Q(learner_session=session_id), state="planned"
    )
    return found.values_list("pk", flat=True).first()


def pair_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """That there is a pair and how it stands; no word of it."""
    found = visible_pairs(actor).select_related("helper", "learner").filter(pk=ref[1]).first()
    if found is None:
        return None
    said = {
        "helper": found.helper.name,
        "learner": found.learner.name,
        "kind": found.get_kind_display(),
        "state": found.get_state_display(),
    }
    return _("%(kind)s: %(helper)s helps %(learner)s – %(state)s.") % said
