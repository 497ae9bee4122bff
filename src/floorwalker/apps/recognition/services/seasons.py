"""Seasons: begun and ended by the timetable, joined and left by choice, standings counted from the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import Season, SeasonMember, Title
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules import seasons as rules
from floorwalker.apps.recognition.rules.sources import TOGETHER, of_nature
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import NotFound, Refused

TITLE_KIND = "recognition.title"
SEASON = "recognition.season"


class SeasonDays(Refused):
    code = "season_days"
    text = _("A season lasts 7 to 366 days, and its last day is not before today.")


class SeasonsOverlap(Refused):
    code = "season_overlap"
    status = 409
    text = _("There is a season from {first} to {last} already; two never run at once.")


class SeasonIsOver(Refused):
    code = "season_over"
    status = 409
    text = _("This season has ended; what was won in it stays as it was.")


class NoSeason(Refused):
    code = "season_none"
    status = 409
    text = _("No season runs at the moment.")


@transaction.atomic
def plan_season(*, first_day: date, last_day: date, by: Actor, at: datetime) -> Season:
    """A season to come; without one, quarters follow each other."""
    require(by, P.KEEP_GAME)
    season = Season(first_day=first_day, last_day=last_day)
    _place(season, at)
    season.save()
    _note("plan_season", season, by, at)
    turn_seasons(at)
    season.refresh_from_db()
    return season


@transaction.atomic
def change_season(*, season_id: int, first_day: date, last_day: date, by: Actor, at: datetime) -> Season:
    """Other days for a season that is planned or runs: sums are counted anew over its days, nothing is lost."""
    require(by, P.KEEP_GAME)
    season = _locked(by, season_id)
    if season.state == Season.State.ENDED:
        raise SeasonIsOver
    season.first_day, season.last_day = first_day, last_day
    _place(season, at)
    season.version += 1
    season.save()
    _note("change_season", season, by, at)
    turn_seasons(at)
    count_season(season_id=season.pk, at=at)
    season.refresh_from_db()
    return season


def _place(season: Season, at: datetime) -> None:
    first, last = season.first_day, season.last_day
    if not rules.days_are_right(first, last) or last < at.date():
        raise SeasonDays
    others = Season.objects.exclude(pk=season.pk).filter(first_day__lte=last, last_day__gte=first)
    if (other := others.first()) is not None:
        raise SeasonsOverlap(first=other.first_day.isoformat(), last=other.last_day.isoformat())
    season.starts_at = datetime.combine(first, time(), UTC)
    season.ends_at = datetime.combine(last + timedelta(days=1), time(), UTC)


@transaction.atomic
def turn_seasons(at: datetime) -> None:
    """End what is over, begin what is due; where none is planned, the quarter that goes on becomes one."""
    for season in Season.objects.select_for_update().filter(state="running", ends_at__lte=at):
        _end(season, at)
    due = Season.objects.select_for_update().filter(state="planned", starts_at__lte=at).order_by("first_day")
    for season in due:
        _begin(season, at)
        if season.ends_at <= at:
            _end(season, at)
    if not Season.objects.exclude(state=Season.State.ENDED).exists():
        first, last = rules.quarter(at.date())
        latest = Season.objects.order_by("-last_day").first()
        if latest is not None and latest.last_day >= first:
            first = latest.last_day + timedelta(days=1)
        if not rules.days_are_right(first, last):
            last = rules.quarter(last + timedelta(days=1))[1]
        season = Season(first_day=first, last_day=last)
        _place(season, at)
        season.save()
        _begin(season, at)


def _begin(season: Season, at: datetime) -> None:
    """Who asked to be in the next ones, too, is; divisions come from the season before."""
    season.state = Season.State.RUNNING
    season.save(update_fields=["state"])
    _note("begin_season", season, SYSTEM, at)
    before = Season.objects.filter(state="ended").order_by("-last_day").first()
    if before is not None:
        staying = before.members.filter(again=True, left_at=None, agent__left_on=None).select_related("agent")
        for member in staying.order_by("pk"):
            _member(season, member.agent, True, at)
    place_divisions(season, before)


def place_divisions(season: Season, before: Season | None) -> None:
    """Members begin beside those who earned about as much in the season before."""
    earned: dict[int, int] = dict(before.members.values_list("agent", "points")) if before else {}
    members = list(season.members.order_by("pk"))
    for member, division in zip(members, rules.divisions([earned.get(m.agent_id) for m in members]), strict=True):
        member.division = division
    SeasonMember.objects.bulk_update(members, ["division"], batch_size=2000)


def _end(season: Season, at: datetime) -> None:
    """Count once more, give the titles; the next season begins at nothing, balances stay."""
    count_season(season_id=season.pk, at=at)
    season.state = Season.State.ENDED
    season.save(update_fields=["state"])
    _note("end_season", season, SYSTEM, at)
    members = season.members.filter(left_at=None, agent__left_on=None).select_related("agent")
    known = {each.pk: each for each in members}
    found = [rules.Standing(m.pk, m.division, m.band, m.points, m.together) for m in known.values()]
    for won in rules.titles(found):
        member = known[won.member]
        title = Title.objects.create(
            season=season, agent=member.agent, kind=won.kind, division=member.division, points=won.points
        )
        if member.agent.user_id is not None:
            about = ("recognition.title", title.pk)
            notices.notify(to=member.agent.user_id, kind=TITLE_KIND, ref=about, once=f"title:{title.pk}", at=at)


@transaction.atomic
def join_season(*, again: bool = False, by: Actor, at: datetime) -> SeasonMember:
    """Stand on the boards of the season that runs; what was earned in it before counts. Asked again: changed."""
    require(by, P.BOARDS)
    me = people.agent_of(by)
    if me is None:
        raise NotFound
    season = queries.running()
    if season is None:
        raise NoSeason
    member = _member(season, me, again, at)
    _note("join_season", season, by, at)
    count_agent(agent_id=me.pk, at=at)
    member.refresh_from_db()
    return member


def _member(season: Season, agent: Agent, again: bool, at: datetime) -> SeasonMember:
    band = rules.band(agent.started_on, season.first_day)
    last = season.members.order_by("-division").values_list("division", flat=True).first()
    member, _new = SeasonMember.objects.update_or_create(
        season=season,
        agent=agent,
        defaults={"left_at": None, "again": again},
        create_defaults={
            "joined_at": at,
            "again": again,
            "band": band,
            "division": last or 1,
        },
    )
    return member


@transaction.atomic
def leave_season(*, by: Actor, at: datetime) -> None:
    """Stand on no board from now on, and see none; points stay one's own."""
    require(by, P.BOARDS)
    me = people.agent_of(by)
    member = queries.member_of(me, queries.running())
    if member is None:
        raise NotFound
    member.left_at, member.again = at, False
    member.save(update_fields=["left_at", "again"])
    _note("leave_season", member.season, by, at)


def end_of_leaver(*, agent_id: int, at: datetime) -> None:
    """Who has left the centre stands on no board; what was won stays."""
    mine = SeasonMember.objects.filter(agent=agent_id, left_at=None).exclude(season__state="ended")
    mine.update(left_at=at, again=False)


def count_agent(*, agent_id: int, at: datetime) -> int:
    """Count one member's standing anew; who joined nothing has none."""
    season = queries.running()
    return _count(season, at, agent_id) if season is not None else 0


def count_season(*, season_id: int, at: datetime) -> int:
    """Count every standing of a season anew from the ledger; the number of those that changed."""
    return _count(Season.objects.get(pk=season_id), at)


def count_running(at: datetime) -> int:
    """The boards of the season that runs."""
    season = queries.running()
    return count_season(season_id=season.pk, at=at) if season is not None else 0


# One statement: twenty thousand members are summed where the entries are.
COUNT = """
UPDATE recognition_seasonmember AS m
SET points = s.points, together = s.together, counted_at = %(at)s
FROM (
    SELECT k.id, COALESCE(e.points, 0) AS points, COALESCE(e.together, 0) AS together
    FROM recognition_seasonmember AS k
    LEFT JOIN (
        SELECT a.agent_id, SUM(a.points) AS points,
               SUM(a.points) FILTER (WHERE a.source = ANY(%(together)s)) AS together
        FROM recognition_entry AS a
        LEFT JOIN recognition_entry AS r ON r.reverses_id = a.id AND r.reverses_id IS NOT NULL
        WHERE a.kind = 'award' AND r.id IS NULL AND a.at >= %(start)s AND a.at < %(end)s
          AND (%(agent)s::bigint IS NULL OR a.agent_id = %(agent)s)
        GROUP BY a.agent_id
    ) AS e ON e.agent_id = k.agent_id
    WHERE k.season_id = %(season)s AND (%(agent)s::bigint IS NULL OR k.agent_id = %(agent)s)
) AS s
WHERE m.id = s.id AND (m.points <> s.points OR m.together <> s.together)
"""


@transaction.atomic
def _count(season: Season, at: datetime, agent_id: int | None = None) -> int:
    given = {
        "at": at,
        "start": season.starts_at,
        "end": season.ends_at,
        "season": season.pk,
        "agent": agent_id,
        "together": list(of_nature(TOGETHER)),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, given)
        changed = int(cursor.rowcount)
    Season.objects.filter(pk=season.pk).update(counted_at=at)
    return changed


def _locked(by: Actor, season_id: int) -> Season:
    queries.the_season(by, season_id)
    return Season.objects.select_for_update().get(pk=season_id)


def _note(verb: str, season: Season, by: Actor, at: datetime) -> None:
    facts = {"first": season.first_day.isoformat(), "last": season.last_day.isoformat()}
    audit.record(by=by, verb=f"recognition.{verb}", about=(SEASON, season.pk), facts=facts, at=at)
