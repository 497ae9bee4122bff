"""The fun calendar: days planned or called off, what people show in words, one vote each."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.events import FunDayCancelled
from floorwalker.apps.recognition.models import FunDay, FunPhoto, FunPost, FunVote
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules import fun as rules
from floorwalker.apps.recognition.services.ledger import PointsWithoutWhy
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.scoping import pick
from floorwalker.science.timegrid import zone_info

FUN_KIND = "recognition.fun"
POST_KIND = "recognition.fun_post"


class FunNotNow(Refused):
    code = "fun_not_now"
    status = 409
    text = _("Show and vote from the day itself until {days} days after it.")


class ShownAlready(Refused):
    code = "fun_shown_already"
    status = 409
    text = _("You have shown something already. Take it away first to show something else.")


class NotForYourOwn(Refused):
    code = "fun_not_for_your_own"
    text = _("Vote for somebody else's.")


@transaction.atomic
def plan_fun_day(*, site_id: int, name: str, what: str, remote: str, day: date, by: Actor, at: datetime) -> FunDay:
    """A day on the calendar of a site, with how to take part from home."""
    require(by, P.KEEP_FUN)
    site = next((each for each in queries.sites_for_fun(by) if each.pk == site_id), None)
    if site is None:
        raise NotFound
    if by.user_id is None:
        refuse(by)
    found = FunDay.objects.create(
        site=site, name=name.strip(), what=what.strip(), remote=remote.strip(), day=day, owner_id=by.user_id
    )
    _note(by, "recognition.plan_fun_day", found, at)
    return found


@transaction.atomic
def cancel_fun_day(*, fun_day_id: int, why: str, by: Actor, at: datetime) -> FunDay:
    """Called off, with the reason for everybody of the site."""
    found = _kept(by, fun_day_id)
    if not why.strip():
        raise PointsWithoutWhy
    if found.state == FunDay.State.CANCELLED:
        return found
    found.state, found.why = FunDay.State.CANCELLED, why.strip()[:300]
    found.save(update_fields=["state", "why"])
    _note(by, "recognition.cancel_fun_day", found, at)
    events.announce(FunDayCancelled(found.pk))
    return found


def tell_of_fun_day(event: FunDayCancelled, at: datetime) -> None:
    """Tell the site that a day was called off."""
    found = FunDay.objects.filter(pk=event.fun_day_id).first()
    if found is None:
        return
    for user in queries.fun_audience(found).filter(user__isnull=False).values_list("user", flat=True):
        about = ("recognition.fun_day", found.pk)
        notices.notify(to=user, kind=FUN_KIND, ref=about, once=f"fun:{found.pk}:cancelled", at=at)


@transaction.atomic
def show(*, fun_day_id: int, words: str, by: Actor, at: datetime) -> FunPost:
    """One's own part in the day, in words; one a person."""
    me, found = taking_part(by, fun_day_id, at)
    if not words.strip():
        raise PointsWithoutWhy
    try:
        with transaction.atomic():
            return FunPost.objects.create(fun_day=found, agent=me, words=words.strip()[:300], at=at)
    except IntegrityError as error:
        if "recognition_fun_post_once" not in str(error):
            raise
        raise ShownAlready from error


@transaction.atomic
def take_away(*, fun_post_id: int, by: Actor, at: datetime, why: str = "") -> FunPost:
    """One's own without a word; somebody else's by who keeps the calendar, with a reason its author reads."""
    require(by, P.POINTS, P.KEEP_FUN)
    rows = queries.visible_fun_posts(by) | queries.visible_fun_posts(by, P.KEEP_FUN)
    found = pick(rows.select_related("agent", "fun_day"), fun_post_id)
    mine = found.agent.user_id is not None and found.agent.user_id == by.user_id
    if not mine:
        _kept(by, found.fun_day_id)
        if not why.strip():
            raise PointsWithoutWhy
    if found.removed_at is not None:
        return found
    found.removed_at, found.why = at, "" if mine else why.strip()[:300]
    found.save(update_fields=["removed_at", "why"])
    found.votes.all().delete()
    FunPhoto.objects.filter(post=found, removed_at=None).update(jpeg=b"", removed_at=at)
    about = ("recognition.fun_post", found.pk)
    audit.record(by=by, verb="recognition.take_away", about=about, person=found.agent.user_id, at=at)
    if not mine and found.agent.user_id is not None:
        notices.notify(to=found.agent.user_id, kind=POST_KIND, ref=about, once=f"fun_post:{found.pk}", at=at)
    return found


@transaction.atomic
def vote_fun(*, fun_post_id: int, by: Actor, at: datetime) -> FunVote:
    """One vote a person and day; another one moves it."""
    require(by, P.POINTS)
    post = pick(queries.visible_fun_posts(by).filter(removed_at=None), fun_post_id)
    me, found = taking_part(by, post.fun_day_id, at)
    if post.agent_id == me.pk:
        raise NotForYourOwn
    cast, _new = FunVote.objects.update_or_create(fun_day=found, voter=me, defaults={"post": post})
    return cast


def taking_part(by: Actor, fun_day_id: int, at: datetime) -> tuple[Agent, FunDay]:
    """Who takes part in which day, while it is shown and voted on."""
    require(by, P.POINTS)
    me = queries.my_agent(by)
    found = pick(queries.visible_fun_days(by).select_related("site"), fun_day_id)
    today = at.astimezone(zone_info(found.site.zone)).date()
    if found.state != FunDay.State.PLANNED or not rules.posts_open(found.day, today):
        raise FunNotNow(days=rules.VOTING_DAYS)
    return me, found


def _kept(by: Actor, fun_day_id: int) -> FunDay:
    require(by, P.KEEP_FUN)
    return pick(queries.visible_fun_days(by, P.KEEP_FUN), fun_day_id)


def _note(by: Actor, verb: str, found: FunDay, at: datetime) -> None:
    about = ("recognition.fun_day", found.pk)
    audit.record(by=by, verb=verb, about=about, facts={"name": found.name}, at=at)
