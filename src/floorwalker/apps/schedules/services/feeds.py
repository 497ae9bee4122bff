"""Calendar addresses: off until asked for, shown once, renewed and revoked at will."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.queries import agent_of, today_of
from floorwalker.apps.schedules.models import Feed, LastLook
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.feeds import the_feed
from floorwalker.apps.schedules.services.refusals import TooManyFeeds
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import NotFound, Refused

SECRET_BYTES = 32  # 256 bits
MOST_FEEDS = 10
READS_AN_HOUR = 60
UNUSED_FOR = timedelta(days=180)


class TooOften(Refused):
    code = "calendar_too_often"
    status = 429
    text = _("This calendar was read {reads} times this hour; once a quarter of an hour is enough.")


@dataclass(frozen=True)
class Opened:
    """A feed and its secret, which is told this once and kept nowhere."""

    feed: Feed
    key: str


@transaction.atomic
def open_feed(*, device: str, by: Actor, at: datetime) -> Opened:
    """Give the agent an address for one device."""
    require(by, P.SEE_OWN)
    agent = agent_of(by)
    if agent is None:
        raise NotFound
    count = Feed.objects.filter(agent=agent, revoked_at=None).count()
    if count >= MOST_FEEDS:
        raise TooManyFeeds(count=count)
    key = token_urlsafe(SECRET_BYTES)
    feed = Feed.objects.create(agent=agent, device=device[:80], key_hash=hash_of(key), made_at=at)
    _record("schedules.open_feed", feed, by, at)
    return Opened(feed, key)


@transaction.atomic
def renew_feed(*, feed_id: UUID, by: Actor, at: datetime) -> Opened:
    """A new secret for the same device; the old one opens nothing from now on."""
    require(by, P.SEE_OWN)
    feed = the_feed(by, feed_id)
    key = token_urlsafe(SECRET_BYTES)
    feed.key_hash, feed.renewed_at = hash_of(key), at
    feed.save(update_fields=["key_hash", "renewed_at"])
    _record("schedules.renew_feed", feed, by, at)
    return Opened(feed, key)


@transaction.atomic
def revoke_feed(*, feed_id: UUID, by: Actor, at: datetime) -> Feed:
    """Switch a feed off for good."""
    require(by, P.SEE_OWN)
    feed = the_feed(by, feed_id)
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    _record("schedules.revoke_feed", feed, by, at)
    return feed


@transaction.atomic
def read_feed(*, feed_id: UUID, key: str, at: datetime) -> Feed:
    """The feed that this key opens; counted, and refused when read too often or unused for too long."""
    rows = Feed.objects.select_for_update(of=("self",)).select_related("agent__user", "agent__team__site")
    feed = rows.filter(pk=feed_id, revoked_at=None).first()
    if not compare_digest(hash_of(key), feed.key_hash if feed else hash_of("")) or feed is None:
        raise NotFound
    agent = feed.agent
    left = agent.left_on is not None and agent.left_on < today_of(agent, at)
    if left or agent.user is None or not agent.user.is_active or at - last_used(feed) > UNUSED_FOR:
        raise NotFound
    hour = at.replace(minute=0, second=0, microsecond=0)
    feed.reads = feed.reads + 1 if feed.hour == hour else 1
    feed.hour = hour
    if feed.reads > READS_AN_HOUR:
        raise TooOften(reads=READS_AN_HOUR)
    feed.last_read_at = at
    feed.save(update_fields=["reads", "hour", "last_read_at"])
    return feed


def switch_off_unused(at: datetime) -> int:
    """Feeds that nobody has read for half a year; run every day by a job."""
    old = [feed.pk for feed in Feed.objects.filter(revoked_at=None) if at - last_used(feed) > UNUSED_FOR]
    return Feed.objects.filter(pk__in=old).update(revoked_at=at)


def last_used(feed: Feed) -> datetime:
    return max(moment for moment in (feed.made_at, feed.renewed_at, feed.last_read_at) if moment)


def hash_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()


@transaction.atomic
def looked(*, by: Actor, at: datetime) -> datetime | None:
    """Note that the agent has their schedule before them; when the look before was.

    A second look within ten minutes is the same look: reloading a page does not hide what is new.
    """
    require(by, P.SEE_OWN)
    agent = agent_of(by)
    if agent is None:
        return None
    look, new = LastLook.objects.get_or_create(agent=agent, defaults={"at": at})
    if new:
        return None
    if at - look.at > timedelta(minutes=10):
        look.before, look.at = look.at, at
        look.save(update_fields=["before", "at"])
    return look.before


def _record(verb: str, feed: Feed, by: Actor, at: datetime) -> None:
    about = ("schedules.feed", str(feed.pk))
    audit.record(by=by, verb=verb, about=about, facts={"device": feed.device}, person=by.user_id, at=at)
