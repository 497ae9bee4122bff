"""Reads of seasons and boards: the top and yourself, for those who joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition.models import Earned, Entry, PointRule, Season, SeasonMember, Title
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules import boards as rules
from floorwalker.apps.recognition.rules import sources
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look import day_words
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.scoping import not_scoped, pick, scoped

KUDOS_RULE = "kudos_a_month"
POINTS, TOGETHER = "points", "together"
HERE = Q(left_at=None, agent__left_on=None)


def visible_members(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[SeasonMember]:
    """One's own seasons, as one's points; who leads sees others on a board alone, as far as it shows them."""
    return SeasonMember.objects.filter(_mine(actor, permission))


def visible_titles(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[Title]:
    return Title.objects.filter(_mine(actor, permission))


def _mine(actor: Actor, permission: Permission) -> Q:
    own = actor.sight(permission).own
    return Q(agent__user=own) if own is not None else Q(pk__in=[])


scoped(SeasonMember, visible_members, P.POINTS, key="member_id", relations=("own",), fixed=("band",))
scoped(Title, visible_titles, P.POINTS, relations=("own",))
not_scoped(Earned, "counts for the limits of a day and the search for rings; what it gave stands in the ledger")


def seasons(actor: Actor) -> QuerySet[Season]:
    """When seasons are and were: nobody stands in it, everybody with points may read it."""
    return Season.objects.all() if actor.may(P.BOARDS) else Season.objects.none()


def seasons_page(actor: Actor, **place: Any) -> Rows[Season]:
    return page_of(seasons(actor), ("-first_day",), counted=True, **place)


def the_season(actor: Actor, season_id: int) -> Season:
    return pick(seasons(actor), season_id)


def running() -> Season | None:
    return Season.objects.filter(state=Season.State.RUNNING).first()


def member_of(agent: Agent | None, season: Season | None) -> SeasonMember | None:
    """Somebody's place in a season; None for who did not join, or left."""
    if agent is None or season is None:
        return None
    return SeasonMember.objects.filter(season=season, agent=agent, left_at=None).first()


@dataclass(frozen=True)
class Place:
    """A line of a board."""

    rank: int
    name: str
    team: str
    points: int
    titles: int
    me: bool


@dataclass(frozen=True)
class Board:
    """The top of those who joined, and oneself."""

    members: int
    top: list[Place]
    me: Place | None


def may_see_boards(actor: Actor, season: Season) -> bool:
    """Who joined, and who leads people; an agent who did not join sees none."""
    if actor.sight(P.BOARDS).beyond_own:
        return True
    return actor.may(P.BOARDS) and member_of(people.agent_of(actor), season) is not None


def board(actor: Actor, season: Season, *, kind: str = POINTS, among: str = "all") -> Board:
    """The board of a season; equal points share a rank. Raises NotFound for whom there is none."""
    if not may_see_boards(actor, season) or kind not in (POINTS, TOGETHER):
        raise NotFound
    agent = people.agent_of(actor)
    mine = member_of(agent, season)
    rows = SeasonMember.objects.filter(HERE, _among(among, mine, agent), season=season)
    found = rows.aggregate(n=Count("pk"))["n"]
    top = list(
        rows.filter(**{f"{kind}__gt": 0})
        .select_related("agent__team")
        .order_by(f"-{kind}", "agent__name", "pk")[: rules.shown(found)]
    )
    won = dict(
        Title.objects.filter(agent__in=[each.agent_id for each in top])
        .values_list("agent")
        .annotate(n=Count("pk"))
    )
    places: list[Place] = []
    for number, each in enumerate(top):
        points = getattr(each, kind)
        rank = places[-1].rank if places and places[-1].points == points else number + 1
        places.append(_place(each, rank, points, won.get(each.agent_id, 0), mine))
    return Board(found, places, _own_place(rows, mine, kind, places))


def _among(among: str, mine: SeasonMember | None, agent: Agent | None) -> Q:
    if among == "all":
        return Q()
    if mine is None or agent is None or among not in ("site", "band", "division"):
        raise NotFound
    if among == "site":
        return Q(agent__team__site=agent.team.site_id)
    return Q(band=mine.band) if among == "band" else Q(division=mine.division)


def _place(each: SeasonMember, rank: int, points: int, titles: int, mine: SeasonMember | None) -> Place:
    me = mine is not None and each.pk == mine.pk
    return Place(rank, each.agent.name, each.agent.team.name, points, titles, me)


def _own_place(
    rows: QuerySet[SeasonMember], mine: SeasonMember | None, kind: str, places: list[Place]
) -> Place | None:
    if mine is None:
        return None
    if found := next((each for each in places if each.me), None):
        return found
    points = getattr(mine, kind)
    rank = rows.filter(**{f"{kind}__gt": points}).count() + 1
    return _place(mine, rank, points, Title.objects.filter(agent=mine.agent_id).count(), mine)


def team_board(actor: Actor, season: Season) -> list[rules.TeamStanding]:
    """Teams of those who joined, by average."""
    if not may_see_boards(actor, season):
        raise NotFound
    rows = (
        SeasonMember.objects.filter(HERE, season=season)
        .values("agent__team", "agent__team__name")
        .annotate(members=Count("pk"), total=Sum("points"))
        .order_by()
    )
    return rules.teams(
        rules.TeamSum(row["agent__team__name"], row["agent__team"], row["members"], row["total"]) for row in rows
    )


def divisions_of(season: Season) -> int:
    return SeasonMember.objects.filter(season=season).values("division").distinct().count()


def titles_of(actor: Actor, season: Season) -> list[Title]:
    """Who won what, for those who may see the boards; who left since is not named."""
    if not may_see_boards(actor, season):
        return []
    rows = Title.objects.filter(season=season, agent__left_on=None).select_related("agent__team")
    order = list(Title.Kind)
    return sorted(rows, key=lambda each: (each.division, order.index(Title.Kind(each.kind)), each.agent.name))


def my_titles(actor: Actor) -> QuerySet[Title]:
    return visible_titles(actor).select_related("season").order_by("-season__first_day", "kind")


def title_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of a title."""
    found = visible_titles(actor).filter(pk=ref[1]).select_related("season").first()
    if found is None:
        return None
    what = {"what": found.get_kind_display(), "day": day_words(found.season.last_day)}
    return _("The season ended on %(day)s: %(what)s. The title stays yours.") % what


def shares_of(season: Season) -> dict[str, float]:
    """How much of a season's points came of helping, of one's own things, of competing."""
    rows = (
        Entry.objects.filter(
            kind=Entry.Kind.AWARD, at__gte=season.starts_at, at__lt=season.ends_at, reversed_by=None
        )
        .order_by()
        .values_list("source")
        .annotate(n=Sum("points"))
    )
    return sources.shares({source: n for source, n in rows if source in sources.SOURCES})


def ways() -> dict[str, sources.Way]:
    """What earns how many points here."""
    kept = {each.key: each for each in PointRule.objects.all()}
    return {
        key: sources.Way(key, way.source, kept[key].points, kept[key].a_day) if key in kept else way
        for key, way in sources.WAYS.items()
    }


def kudos_a_month() -> int:
    kept = PointRule.objects.filter(key=KUDOS_RULE).values_list("a_day", flat=True).first()
    return sources.KUDOS_A_MONTH if kept is None else kept


def kudos_left(agent: Agent, day: date) -> int:
    """How many thanks with points somebody can still give in the month of a day."""
    given = Earned.objects.filter(
        giver=agent, way="kudos", entry__reversed_by=None, day__year=day.year, day__month=day.month
    )
    return max(0, kudos_a_month() - given.count())


def my_kudos_left(actor: Actor, today: date) -> int | None:
    """None for who answers no contacts: points with thanks are between colleagues."""
    me = people.agent_of(actor)
    return kudos_left(me, today) if me is not None and actor.may(P.BOARDS) else None


def favours(site_id: int, since: Any) -> Iterator[tuple[int, int, int]]:
    """Who let whom earn how often, at a site: thanks with points, accepted answers, practices taken up."""
    rows = (
        Earned.objects.filter(
            giver__isnull=False, at__gte=since, agent__team__site=site_id, giver__team__site=F("agent__team__site")
        )
        .values_list("giver", "agent")
        .annotate(n=Count("pk"))
        .order_by("giver", "agent")
    )
    for giver, agent, count in rows:
        yield giver or 0, agent, count
