"""Reads of the fun calendar: open to everybody of the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Site, Team
from floorwalker.apps.recognition.models import FunDay, FunPhoto, FunPost, FunVote
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules import fun as rules
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import day_words
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.scoping import pick, scoped, within
from floorwalker.science.timegrid import zone_info


def visible_fun_days(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[FunDay]:
    """Of one's site; for who leads, of the sites they lead in."""
    sight = actor.sight(permission)
    if sight.everything:
        return FunDay.objects.all()
    if permission is P.KEEP_FUN:
        teams = Team.objects.filter(pk__in=sight.teams).values("site")
        return FunDay.objects.filter(Q(site__in=sight.sites) | Q(site__in=teams))
    me = people.agent_of(actor) if sight.own is not None else None
    return FunDay.objects.filter(site=me.team.site_id) if me else FunDay.objects.none()


def the_fun_day(actor: Actor, fun_day_id: int) -> FunDay:
    rows = visible_fun_days(actor) | visible_fun_days(actor, P.KEEP_FUN)
    return pick(rows.select_related("site", "owner"), fun_day_id)


def visible_fun_posts(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[FunPost]:
    """Those of the days in sight; one that was taken away is its author's to read, with why."""
    shown = Q(fun_day__in=visible_fun_days(actor, permission), removed_at=None)
    return FunPost.objects.filter(shown | within(actor.sight(permission), own="agent__user"))


def visible_fun_photos(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[FunPhoto]:
    """Those of the days in sight; a hidden one is its author's and of who keeps the calendar there."""
    shown = Q(post__fun_day__in=visible_fun_days(actor, permission), post__removed_at=None, removed_at=None)
    if permission is not P.KEEP_FUN:
        shown &= Q(hidden_at=None)
    found = FunPhoto.objects.filter(shown | within(actor.sight(permission), own="post__agent__user"))
    return found.select_related("post__agent", "post__fun_day__site")


def visible_fun_votes(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[FunVote]:
    """One's own; of others there is the number."""
    return FunVote.objects.filter(within(actor.sight(permission), own="voter__user"))


scoped(
    FunDay,
    visible_fun_days,
    P.POINTS,
    P.KEEP_FUN,
    canary=("name", "what", "remote", "why"),
    key="fun_day_id",
    relations=("own", "team", "site"),
)
scoped(FunPost, visible_fun_posts, P.POINTS, P.KEEP_FUN, canary=("words", "why"), key="fun_post_id")
scoped(FunPhoto, visible_fun_photos, P.POINTS, P.KEEP_FUN, canary=("alt", "why", "answer"), key="fun_photo_id")
scoped(FunVote, visible_fun_votes, P.POINTS, relations=("own",))


def fun_photos(actor: Actor) -> QuerySet[FunPhoto]:
    """All in sight, without the pictures themselves."""
    return (visible_fun_photos(actor) | visible_fun_photos(actor, P.KEEP_FUN)).defer("jpeg")


def photos_of(actor: Actor, posts: list[int]) -> dict[int, FunPhoto]:
    """The photo of each of these that one may see."""
    rows = fun_photos(actor).filter(post__in=posts, removed_at=None)
    return {each.post_id: each for each in rows}


@dataclass(frozen=True)
class PostLine:
    post: FunPost
    votes: int | None  # none: not counted before the end
    mine: bool  # I voted for it
    own: bool  # I wrote it
    photo: FunPhoto | None


@dataclass(frozen=True)
class FunPage:
    day: FunDay
    posts: list[PostLine]
    page: Rows[Any]
    may_post: bool
    may_vote: bool
    over: bool
    removed: FunPost | None  # one's own, taken away by somebody else
    keeps: bool


def fun_page(actor: Actor, fun_day_id: int, at: datetime, **place: Any) -> FunPage:
    """The day with its posts; votes are counted for all to see when voting is over, not before."""
    found = the_fun_day(actor, fun_day_id)
    me = people.agent_of(actor)
    today = at.astimezone(zone_info(found.site.zone)).date()
    over = rules.voting_over(found.day, today)
    rows = (
        FunPost.objects.filter(fun_day=found, removed_at=None).select_related("agent").annotate(n=Count("votes"))
    )
    page = page_of(rows, ("-n", "at", "pk") if over else ("at", "pk"), limit=25, counted=True, **place)
    voted = FunVote.objects.filter(fun_day=found, voter=me).values_list("post", flat=True).first() if me else None
    mine = FunPost.objects.filter(fun_day=found, agent=me).order_by("-pk").first() if me else None
    photos = photos_of(actor, [each.pk for each in page.items])
    goes_on = found.state == FunDay.State.PLANNED
    return FunPage(
        day=found,
        posts=[
            PostLine(
                each,
                each.n if over else None,
                each.pk == voted,
                bool(me) and each.agent_id == me.pk,
                photos.get(each.pk),
            )
            for each in page.items
        ],
        page=page,
        may_post=bool(me)
        and goes_on
        and rules.posts_open(found.day, today)
        and (mine is None or mine.removed_at is not None),
        may_vote=bool(me) and goes_on and rules.posts_open(found.day, today),
        over=over,
        removed=mine if mine and mine.removed_at and mine.why else None,
        keeps=visible_fun_days(actor, P.KEEP_FUN).filter(pk=found.pk).exists(),
    )


def fun_days(actor: Actor, **place: Any) -> Rows[FunDay]:
    """All in sight, the latest first: what comes stands on top."""
    rows = visible_fun_days(actor) | visible_fun_days(actor, P.KEEP_FUN)
    return page_of(rows.select_related("site"), ("-day", "-pk"), limit=25, counted=True, **place)


def next_fun_day(actor: Actor, today: date) -> FunDay | None:
    """The next one within a month, or one whose votes are open."""
    rows = visible_fun_days(actor).filter(
        state=FunDay.State.PLANNED,
        day__gte=today - timedelta(days=rules.VOTING_DAYS),
        day__lte=today + timedelta(days=31),
    )
    return rows.order_by("day", "pk").first()


def sites_for_fun(actor: Actor) -> list[Site]:
    sight = actor.sight(P.KEEP_FUN)
    rows = Site.objects.filter(within(sight, team="teams", site="pk"), archived=False).distinct()
    return list(rows.order_by("name"))


def fun_audience(day: FunDay) -> QuerySet[Agent]:
    return Agent.objects.filter(team__site=day.site_id, left_on=None)


def fun_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of a fun day that was called off."""
    found = visible_fun_days(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    return _("“%(name)s” on %(day)s was called off: %(why)s") % {
        "name": found.name,
        "day": day_words(found.day),
        "why": found.why,
    }


def post_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of whose words were taken away."""
    found = visible_fun_posts(actor).filter(pk=ref[1]).select_related("fun_day").first()
    if found is None:
        return None
    return _("Your words on “%(name)s” were taken away: %(why)s") % {"name": found.fun_day.name, "why": found.why}
