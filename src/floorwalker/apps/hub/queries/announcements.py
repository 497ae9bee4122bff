"""Announcements: who sees which, how many have read them, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.hub.models import Announcement, Receipt
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.queries.audiences import To, readers
from floorwalker.apps.hub.queues import KNOWN
from floorwalker.apps.hub.rules.posts import ALL, QUEUE, SITE, TEAM
from floorwalker.apps.people.models import Site, Team
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look import day_words
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.picking import Choices
from floorwalker.kernel.scoping import pick, scoped, within

A_PAGE = 25
WAITING_AT_MOST = 5


def visible_announcements(actor: Actor, permission: Permission = P.READ_NEWS) -> QuerySet[Announcement]:
    """For its readers and for who made it; who may announce sees what else is announced where they may."""
    sight = actor.sight(permission)
    if sight.everything:
        return Announcement.objects.all()
    found = within(sight, own="by", team="team", site="site")
    if sight.own is not None:
        received = Receipt.objects.filter(user=sight.own, announcement__withdrawn_at=None)
        found |= Q(pk__in=received.values("announcement"))
    return Announcement.objects.filter(found)


def the_announcement(actor: Actor, announcement_id: int, permission: Permission = P.READ_NEWS) -> Announcement:
    return pick(visible_announcements(actor, permission).select_related("by", "site", "team"), announcement_id)


def the_announcement_shown(actor: Actor, announcement_id: int) -> Announcement:
    """For its readers, and for who may announce where it was announced."""
    both = Q()
    for permission in (P.READ_NEWS, P.ANNOUNCE):
        both |= Q(pk__in=visible_announcements(actor, permission).values("pk"))
    return pick(Announcement.objects.filter(both).select_related("by", "site", "team"), announcement_id)


def visible_receipts(actor: Actor, permission: Permission = P.READ_NEWS) -> QuerySet[Receipt]:
    """One's own; names of others only to who announced, and only where reading was asked for."""
    sight = actor.sight(permission)
    if sight.everything:
        return Receipt.objects.all()
    if sight.own is None:
        return Receipt.objects.none()
    asked = Q(announcement__by=sight.own, announcement__confirm_by__isnull=False)
    return Receipt.objects.filter(Q(user=sight.own) | asked)


def to_of(announcement: Announcement, actor: Actor) -> To:
    """Whom it is meant for, the queue's skill looked up."""
    skill = None
    if announcement.queue is not None and KNOWN.of is not None:
        skill = KNOWN.of(actor, announcement.queue).skill_id
    return To(announcement.audience, announcement.site_id, announcement.team_id, skill)


def reader_ids(to: To, today: date, but: int) -> QuerySet[Any, int]:
    """Everybody it is meant for, except who announces it."""
    return readers(to, today).exclude(pk=but).order_by("pk").values_list("pk", flat=True)


def sites_to_tell(actor: Actor) -> QuerySet[Site]:
    rows = Site.objects.filter(within(actor.sight(P.ANNOUNCE), site="pk"), archived=False)
    return rows.order_by("name", "pk")


def teams_to_tell(actor: Actor) -> QuerySet[Team]:
    rows = Team.objects.filter(within(actor.sight(P.ANNOUNCE), team="pk", site="site"), archived=False)
    return rows.select_related("site").order_by("name", "pk")


def teams_to_pick(actor: Actor) -> Choices:
    return Choices(teams_to_tell(actor), ("name", "site__name"), "{}, {}".format)


def sites_to_pick(actor: Actor) -> Choices:
    return Choices(sites_to_tell(actor), ("name",), "{}".format)


def queues_to_pick(actor: Actor) -> Choices | None:
    """The queues of one's sites; nothing where no room knows queues, or one announces to teams alone."""
    sight = actor.sight(P.ANNOUNCE)
    if KNOWN.offered is None or not (sight.everything or sight.sites):
        return None
    return KNOWN.offered(actor)


def may_tell(actor: Actor, audience: str, number: int | None) -> tuple[To, int | None, str]:
    """Whom an announcement reaches as far as this actor may: the audience, the queue and what it is called."""
    sight = actor.sight(P.ANNOUNCE)
    if audience == ALL and sight.everything:
        return To(ALL), None, ""
    if audience == SITE and number is not None:
        return To(SITE, pick(sites_to_tell(actor), number).pk), None, ""
    if audience == TEAM and number is not None:
        team = pick(teams_to_tell(actor), number)
        return To(TEAM, team.site_id, team.pk), None, ""
    if audience == QUEUE and number is not None and KNOWN.of is not None:
        queue = KNOWN.of(actor, number)
        site = pick(sites_to_tell(actor), queue.site_id)
        return To(QUEUE, site.pk, None, queue.skill_id), number, queue.name
    raise NotFound


def place_words(announcement: Announcement) -> str:
    if announcement.audience == ALL:
        return _("all who work here")
    if announcement.audience == QUEUE:
        return _("those who answer %(queue)s") % {"queue": announcement.place}
    return str(announcement.team or announcement.site or "")


@dataclass(frozen=True)
class NewsLine:
    """An announcement for one reader."""

    announcement: Announcement
    id: int
    title: str
    by: str
    place: str
    state: str
    tone: str
    to_confirm: bool
    mine: bool


def _news_line(each: Announcement, actor: Actor, receipt: Receipt | None) -> NewsLine:
    waits = bool(each.confirm_by and receipt and receipt.confirmed_at is None and each.withdrawn_at is None)
    if each.withdrawn_at is not None:
        state, tone = _("withdrawn"), "neutral"
    elif each.by_id == actor.user_id:
        state, tone = str(each.get_state_display()), "progress" if each.state == "going_out" else "good"
    elif waits and each.confirm_by is not None:
        state, tone = _("please confirm by %(day)s") % {"day": day_words(each.confirm_by)}, "attention"
    elif receipt is not None and receipt.confirmed_at is not None:
        state, tone = _("confirmed"), "good"
    elif receipt is None or receipt.read_at is not None:
        state, tone = _("read"), "neutral"
    else:
        state, tone = _("new"), "info"
    return NewsLine(
        each, each.pk, each.title, each.by.name, place_words(each), state, tone, waits, each.by_id == actor.user_id
    )


@dataclass(frozen=True)
class NewsPage:
    lines: list[NewsLine]
    page: Rows[Announcement]


def news(actor: Actor, side: str = "", **place: Any) -> NewsPage:
    """What was announced to me, the newest first; `made`: what I may see because I announce."""
    rows = visible_announcements(actor, P.ANNOUNCE if side == "made" else P.READ_NEWS)
    if side == "made":
        rows = rows | Announcement.objects.filter(by=actor.user_id)
    page = page_of(rows.select_related("by", "site", "team"), ("-at", "-pk"), limit=A_PAGE, counted=True, **place)
    mine = Receipt.objects.filter(user=actor.user_id, announcement__in=[each.pk for each in page.items])
    receipts = {each.announcement_id: each for each in mine}
    return NewsPage([_news_line(each, actor, receipts.get(each.pk)) for each in page.items], page)


def news_line(actor: Actor, announcement: Announcement) -> NewsLine:
    return _news_line(announcement, actor, my_receipt(actor, announcement))


def my_receipt(actor: Actor, announcement: Announcement) -> Receipt | None:
    if actor.user_id is None:
        return None
    return Receipt.objects.filter(announcement=announcement, user=actor.user_id).first()


@dataclass(frozen=True)
class Reading:
    """How many have read and confirmed."""

    readers: int
    read: int
    confirmed: int


def reading(announcement: Announcement) -> Reading:
    counted = Receipt.objects.filter(announcement=announcement).aggregate(
        read=Count("pk", filter=Q(read_at__isnull=False)),
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
        readers=Count("pk"),
    )
    return Reading(**counted)


def not_confirmed(actor: Actor, announcement: Announcement, **place: Any) -> Rows[Receipt] | None:
    """Who has not confirmed yet, by name: for who announced it, and only where reading it was asked for."""
    if announcement.confirm_by is None or announcement.by_id != actor.user_id:
        return None
    rows = Receipt.objects.filter(announcement=announcement, confirmed_at=None)
    rows = rows.select_related("user__agent__team")
    return page_of(rows, ("user__name", "pk"), limit=50, counted=True, **place)


def to_confirm(actor: Actor) -> list[Announcement]:
    """What waits for this reader's confirmation, the earliest day first."""
    if actor.user_id is None:
        return []
    waiting = Receipt.objects.filter(
        user=actor.user_id,
        confirmed_at=None,
        announcement__confirm_by__isnull=False,
        announcement__withdrawn_at=None,
    )
    found = Announcement.objects.filter(pk__in=waiting.values("announcement")).select_related("by")
    return list(found.order_by("confirm_by", "pk")[:WAITING_AT_MOST])


def unread(actor: Actor) -> int:
    """Announcements one has not opened."""
    if actor.user_id is None:
        return 0
    return Receipt.objects.filter(user=actor.user_id, read_at=None, announcement__withdrawn_at=None).count()


def past_their_day(actor: Actor, today: date) -> list[tuple[Announcement, int]]:
    """One's own announcements whose day to confirm is over, with how many have not."""
    if actor.user_id is None:
        return []
    missing = Count("receipts", filter=Q(receipts__confirmed_at=None))
    found = Announcement.objects.filter(by=actor.user_id, confirm_by__lt=today, withdrawn_at=None)
    rows = found.annotate(missing=missing).filter(missing__gt=0).order_by("-confirm_by", "-pk")[:WAITING_AT_MOST]
    return [(each, each.missing) for each in rows]


def to_remind(day: date) -> QuerySet[Announcement]:
    """Those whose day is near and of which nobody was reminded yet."""
    return Announcement.objects.filter(
        state=Announcement.State.OUT, confirm_by__lte=day, reminded_at=None, withdrawn_at=None
    )


def to_report(today: date) -> QuerySet[Announcement]:
    """Those whose day is over and whose author was not told yet."""
    return Announcement.objects.filter(
        state=Announcement.State.OUT, confirm_by__lt=today, reported_at=None, withdrawn_at=None
    )


def users_missing(announcement: Announcement) -> QuerySet[Any, int]:
    rows = Receipt.objects.filter(announcement=announcement, confirmed_at=None, user__is_active=True)
    return rows.order_by("user").values_list("user", flat=True)


def news_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    found = visible_announcements(actor).filter(pk=ref[1]).select_related("by").first()
    if found is None:
        return None
    return _("%(name)s: %(title)s") % {"name": found.by.name, "title": found.title}


def confirm_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    found = visible_announcements(actor).filter(pk=ref[1]).select_related("by").first()
    if found is None or found.confirm_by is None:
        return None
    words = {"title": found.title, "day": day_words(found.confirm_by)}
    return _("Please confirm by %(day)s that you have read “%(title)s”.") % words


def report_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    found = visible_announcements(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    counted = reading(found)
    words = {"title": found.title, "confirmed": counted.confirmed, "readers": counted.readers}
    return _("“%(title)s”: %(confirmed)s of %(readers)s confirmed by its day.") % words


scoped(
    Announcement,
    visible_announcements,
    P.READ_NEWS,
    P.ANNOUNCE,
    canary=("title", "text"),
    fixed=("place", "withdrawn_why", "search_as"),
)
scoped(Receipt, visible_receipts, P.READ_NEWS, relations=("own",))
