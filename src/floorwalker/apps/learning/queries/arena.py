"""The arena: who joined, matches one is in, challenges one may take, and what is known of one's own play."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.learning.models import ArenaMember, Difficulty, Match, Play, Rating, Seat, Vote
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.scenarios import ONE_FOR_ALL
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.scoping import pick, scoped, within
from floorwalker.science.duels import Skill

LONGEST_KEY = 18  # digits of the largest number a row can have
OPEN = Q(state__in=Match.OPEN)


def visible_members(actor: Actor, permission: Permission = P.COMPETE) -> QuerySet[ArenaMember]:
    """Whether one has joined oneself; who else has is seen only by those who did, as names to challenge."""
    return ArenaMember.objects.filter(within(actor.sight(permission), own="agent__user"))


def visible_matches(actor: Actor, permission: Permission = P.COMPETE) -> QuerySet[Match]:
    """Those one plays in; who calls team matches out sees those of their people, until they are played."""
    sight = actor.sight(permission)
    seats = Seat.objects.filter(
        within(sight, own="agent__user", team="agent__team", site="agent__team__site")
    ).values("match")
    if permission is not P.SET_UP_MATCHES:
        return Match.objects.filter(pk__in=seats)
    mine = Q(made_by=actor.user_id) if actor.user_id is not None and sight else Q(pk__in=[])
    return Match.objects.filter(Q(pk__in=seats) | mine, kind=Match.Kind.TEAMS)


def visible_seats(actor: Actor, permission: Permission = P.COMPETE) -> QuerySet[Seat]:
    return Seat.objects.filter(match__in=visible_matches(actor, permission))


def visible_votes(actor: Actor, permission: Permission = P.COMPETE) -> QuerySet[Vote]:
    """One's own; how others voted is nobody's to know."""
    return Vote.objects.filter(within(actor.sight(permission), own="voter__user"))


def visible_ratings(actor: Actor, permission: Permission = P.COMPETE) -> QuerySet[Rating]:
    """One's own."""
    return Rating.objects.filter(within(actor.sight(permission), own="agent__user"))


def visible_difficulties(actor: Actor, permission: Permission = P.SEE_SCENARIOS) -> QuerySet[Difficulty]:
    return Difficulty.objects.all() if actor.sight(permission) else Difficulty.objects.none()


scoped(ArenaMember, visible_members, P.COMPETE, key="member_id", relations=("own",))
scoped(Match, visible_matches, P.COMPETE, P.SET_UP_MATCHES, key="match_id")
scoped(Seat, visible_seats, P.COMPETE, P.SET_UP_MATCHES, key="seat_id")
scoped(Vote, visible_votes, P.COMPETE, key="vote_id", relations=("own",))
scoped(Rating, visible_ratings, P.COMPETE, key="rating_id", relations=("own",))
scoped(Difficulty, visible_difficulties, P.SEE_SCENARIOS, key="difficulty_id", staff_see_all=ONE_FOR_ALL)


def has_joined(agent_id: int) -> bool:
    return ArenaMember.objects.filter(agent=agent_id, left_at=None).exists()


def me_in_the_arena(actor: Actor) -> Agent | None:
    """The agent who asks, when they have joined."""
    agent = people.agent_of(actor) if actor.may(P.COMPETE) else None
    return agent if agent is not None and has_joined(agent.pk) else None


def joined(agent: Agent) -> QuerySet[Agent]:
    """Colleagues who play too, at the same site or another; names, for those who joined themselves."""
    return Agent.objects.filter(arena__left_at=None, arena__isnull=False, left_on=None).exclude(pk=agent.pk)


def opponents(actor: Actor) -> QuerySet[Agent]:
    me = me_in_the_arena(actor)
    return joined(me) if me is not None else Agent.objects.none()


def the_opponent(actor: Actor, agent_id: int) -> Agent:
    return pick(opponents(actor), agent_id)


def open_to_me(actor: Actor, at: datetime) -> QuerySet[Match]:
    """Challenges to anybody of one's level, and team matches with places left."""
    me = me_in_the_arena(actor)
    if me is None:
        return Match.objects.none()
    waiting = Match.objects.filter(state=Match.State.INVITED, until__gt=at).exclude(seats__agent=me)
    duels = waiting.filter(kind=Match.Kind.DUEL).exclude(seats__side=rules.SECOND)
    makers = dict(duels.values_list("pk", "seats__agent"))
    levels = skills_of([me.pk, *makers.values()], at)
    fit = [pk for pk, maker in makers.items() if rules.same_level(levels[me.pk].standing, levels[maker].standing)]
    return waiting.filter(Q(pk__in=fit) | Q(kind=Match.Kind.TEAMS))


def the_match(actor: Actor, match_id: int, permission: Permission = P.COMPETE) -> Match:
    """A match in sight, or one that is open to whoever joined."""
    rows = Match.objects.select_related("version__scenario", "made_by")
    seen = visible_matches(actor, permission)
    waiting = Q(state=Match.State.INVITED)
    if permission is P.COMPETE and me_in_the_arena(actor) is not None:
        unnamed = Q(kind=Match.Kind.TEAMS) | ~Q(pk__in=Seat.objects.filter(side=rules.SECOND).values("match")) & Q(
            kind=Match.Kind.DUEL
        )
        return pick(rows.filter(Q(pk__in=seen.values("pk")) | waiting & unnamed), match_id)
    return pick(rows.filter(pk__in=seen.values("pk")), match_id)


@dataclass(frozen=True)
class Known:
    """A skill, and in how many rated matches of this quarter it was seen."""

    skill: Skill
    matches: int

    @property
    def standing(self) -> rules.Standing:
        return rules.standing(self.skill, self.matches)


def skills_of(agent_ids: Iterable[int], at: datetime) -> dict[int, Known]:
    """What is known of each: of this quarter, else of their last one but less sure, else of a stranger."""
    first_day, ids = rules.quarter(at.date()), list(agent_ids)
    found = {each: Known(Skill(), 0) for each in ids}
    for row in Rating.objects.filter(agent__in=ids, first_day__lte=first_day).order_by("first_day"):
        if row.first_day == first_day:
            found[row.agent_id] = Known(row.skill, row.matches)
        else:
            found[row.agent_id] = Known(row.skill.after_a_pause(), 0)
    return found


def my_standing(actor: Actor, at: datetime) -> rules.Standing | None:
    """One's own division with its range; nobody else's, and none for who has not joined."""
    me = me_in_the_arena(actor)
    return skills_of([me.pk], at)[me.pk].standing if me is not None else None


def my_matches(actor: Actor, **place: Any) -> Rows[Match]:
    """One's matches, the open ones first."""
    rows = visible_matches(actor).select_related("version__scenario").prefetch_related("seats__agent")
    rows, order = open_first(rows, OPEN, due="until", ended="ended_at")
    return page_of(rows, order, counted=True, **place)


def waiting_for_me(actor: Actor, at: datetime) -> list[Match]:
    """Challenges to answer and plays to make, the nearest end first."""
    me = me_in_the_arena(actor)
    if me is None:
        return []
    asked = Q(state=Match.State.INVITED, seats__accepted_at=None)
    mine = Q(state=Match.State.PLAYING, seats__play=None) | Q(
        state=Match.State.PLAYING, seats__play__state="playing"
    )
    rows = Match.objects.filter(asked | mine, seats__agent=me, until__gt=at).select_related("version__scenario")
    return list(rows.prefetch_related("seats__agent").distinct().order_by("until", "pk")[:10])


def team_matches(actor: Actor, **place: Any) -> Rows[Match]:
    """Team matches of one's people, for who calls them out."""
    rows = (
        visible_matches(actor, P.SET_UP_MATCHES)
        .select_related("version__scenario")
        .annotate(places=Count("seats"))
    )
    rows, order = open_first(rows, OPEN, due="until", ended="ended_at")
    return page_of(rows, order, counted=True, **place)


def counts_for_ratings(match: Match, agent_ids: list[int], at: datetime) -> bool:
    """The first few duels of the same two in a quarter; more of them would rate a friendship."""
    if match.kind == Match.Kind.TEAMS:
        return True
    before = Match.objects.filter(
        kind=Match.Kind.DUEL, rated=True, ended_at__date__gte=rules.quarter(at.date())
    ).exclude(pk=match.pk)
    for agent_id in agent_ids:
        before = before.filter(pk__in=Seat.objects.filter(agent=agent_id).values("match"))
    return before.count() < rules.SAME_PAIR


def overdue_matches(at: datetime, most: int = 200) -> list[int]:
    rows = Match.objects.filter(OPEN, until__lte=at).order_by("until", "pk")
    return list(rows.values_list("pk", flat=True)[:most])


def may_watch_match(actor: Actor, key: str) -> bool:
    """Who may listen to a match: those who play it."""
    return key.isdecimal() and visible_matches(actor).filter(pk=key).exists()


def may_watch_matches(asked: Sequence[tuple[Actor, str]]) -> list[bool]:
    """The same of many at once; who sees more than their own is asked about alone."""
    keys = {int(key) for _actor, key in asked if key.isdecimal() and len(key) <= LONGEST_KEY}
    users = {actor.user_id for actor, _key in asked if not actor.sight(P.COMPETE).beyond_own}
    rows = Seat.objects.filter(match__in=keys, agent__user__in=users).values_list("agent__user", "match")
    seated = set(rows)

    def may(actor: Actor, key: str) -> bool:
        sight = actor.sight(P.COMPETE)
        if sight.beyond_own:
            return may_watch_match(actor, key)
        return sight.own is not None and key.isdecimal() and (sight.own, int(key)) in seated

    return [may(actor, key) for actor, key in asked]


def day_before(at: datetime) -> date:
    return (at - timedelta(days=1)).date()


def day_of(ordinal: int) -> date:
    return date.fromordinal(ordinal)


def others_in(match: Match, actor: Actor) -> str:
    """Against or with whom one plays, as names; who is still missing is said."""
    names = [each.agent.name for each in match.seats.all() if each.agent.user_id != actor.user_id]
    return ", ".join(names) if names else _("nobody yet")


def open_challenges(actor: Actor, at: datetime) -> list[tuple[Match, str]]:
    """What one may take, each with who asks."""
    rows = open_to_me(actor, at).select_related("version__scenario", "made_by").order_by("until", "pk")[:20]
    return [(each, _("team match") if each.kind == Match.Kind.TEAMS else each.made_by.name) for each in rows]


def the_standing(actor: Actor, at: datetime) -> rules.Standing:
    """One's own; NotFound for who has not joined."""
    found = my_standing(actor, at)
    if found is None:
        raise NotFound
    return found


def seats_of(actor: Actor, match_id: int) -> list[dict[str, Any]]:
    """Who plays in a match; the play itself is its player's."""
    match = the_match(actor, match_id)
    return [
        {
            "agent_id": each.agent_id,
            "side": each.side,
            "accepted_at": each.accepted_at,
            "play_id": each.play_id if each.agent.user_id == actor.user_id else None,
        }
        for each in match.seats.select_related("agent")
    ]


def match_of_play(play: Play) -> int | None:
    """The match a play belongs to."""
    if play.purpose != Play.Purpose.MATCH:
        return None
    return Seat.objects.filter(play=play).values_list("match_id", flat=True).first()
