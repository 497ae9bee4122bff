"""The topics and who answers for them; the products and topics that posts are about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub import queries
from floorwalker.apps.hub.models import Tag, Topic
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.directory import Directory


def sites(actor: Actor, _permission: Permission) -> object:
    """Any site may have a topic of its own."""
    return people.visible_sites(actor)


TOPICS = Directory(
    model=Topic,
    key="topics",
    title=_("Topics"),
    one=_("topic"),
    about=_("What people ask about, who answers, and in how many working days. The answer's day is a promise."),
    fields=("name", "about", "owner", "second", "site", "days"),
    visible=queries.visible_topics,
    see=P.SEE_TOPICS,
    keep=P.KEEP_TOPICS,
    picks={"owner": queries.answerers, "second": queries.answerers, "site": sites},  # type: ignore[dict-item]
    whole_house=True,
)
TAGS = Directory(
    model=Tag,
    key="tags",
    title=_("Tags"),
    one=_("tag"),
    about=_("Products and topics that posts of the hub are about. Named in a post, a tag is found by itself."),
    fields=("name", "kind"),
    visible=queries.visible_tags,
    see=P.READ,
    keep=P.KEEP_TAGS,
    whole_house=True,
)
