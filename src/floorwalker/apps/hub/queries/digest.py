"""What is new in the hub since somebody's last digest: a few of each, and only what the pages show them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.hub.models import Post, Receipt, Reuse
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.queries.announcements import visible_announcements
from floorwalker.apps.hub.queries.audiences import reach
from floorwalker.apps.hub.queries.posts import first_line, line_of
from floorwalker.apps.hub.queries.posts_sight import visible_posts
from floorwalker.apps.hub.rules.posts import ASK, PRACTICE
from floorwalker.kernel.access import Actor
from floorwalker.kernel.notices import News, Part

A_FEW = 3


def since_last(actor: Actor, since: datetime, at: datetime) -> list[Part]:
    """Questions of the own team without a reply, what works, announcements one has not opened."""
    return [
        Part(_("Questions nobody has answered in your team"), _questions(actor, since, at)),
        Part(_("What works"), _practices(actor, since, at)),
        Part(_("Announcements you have not read"), _announcements(actor, since, at)),
    ]


def _questions(actor: Actor, since: datetime, at: datetime) -> list[News]:
    teams = reach(actor, P.READ).teams
    found = visible_posts(actor).filter(
        root=None, kind=ASK, accepted=None, replied=0, shown=True, team__in=teams, at__gt=since, at__lte=at
    )
    rows = found.exclude(author=actor.user_id).defer("search").order_by("at", "pk")[:A_FEW]
    return [News(first_line(each), _thread(each)) for each in rows]


def _practices(actor: Actor, since: datetime, at: datetime) -> list[News]:
    """Written or used since, what most have used first; by whom it is, as the board says it."""
    used = Exists(Reuse.objects.filter(post=OuterRef("pk"), at__gt=since, at__lte=at))
    found = visible_posts(actor).filter(Q(at__gt=since, at__lte=at) | used, root=None, kind=PRACTICE, shown=True)
    rows = found.select_related("author", "credit", "team", "site").defer("search")
    news = []
    for each in rows.order_by("-reused", "-at", "-pk")[:A_FEW]:
        line = line_of(each)
        uses = ngettext("used by %(n)d", "used by %(n)d", each.reused) % {"n": each.reused}
        words = _("%(title)s – %(name)s, %(uses)s") % {"title": line.title, "name": line.by, "uses": uses}
        news.append(News(words, _thread(each)))
    return news


def _announcements(actor: Actor, since: datetime, at: datetime) -> list[News]:
    unread = Receipt.objects.filter(user=actor.user_id, read_at=None, announcement__withdrawn_at=None)
    found = visible_announcements(actor).filter(pk__in=unread.values("announcement"), at__gt=since, at__lte=at)
    rows = found.defer("search", "text").order_by("-at", "-pk")[:A_FEW]
    return [News(each.title, reverse("hub:announcement", args=[each.pk])) for each in rows]


def _thread(post: Post) -> str:
    return reverse("hub:thread", args=[post.pk])
