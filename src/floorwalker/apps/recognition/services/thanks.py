"""Saying thanks, and choosing who sees them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.events import ThanksGiven
from floorwalker.apps.recognition.models import Thanks, ThanksWish
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules import thanks as rules
from floorwalker.apps.recognition.services.earning import give_kudos
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.science.timegrid import zone_info

THANKED_KIND = "recognition.thanked"


class ThankedToday(Refused):
    code = "recognition_thanked_today"
    status = 409
    text = _("You have thanked {name} today already; once a day counts more.")


class WhatHappened(Refused):
    code = "recognition_what_happened"
    text = _("Write what happened: the extra mile is told with it.")


@transaction.atomic
def thank(
    *,
    number: str,
    by: Actor,
    at: datetime,
    kind: str = rules.THANKS,
    words: str = "",
    visibility: str = rules.SITE,
    points: bool = False,
) -> Thanks:
    """Thank a colleague by their number; shown as far as was chosen, never wider than they wish.

    With ``points`` a few come with it, out of the number an agent can give each month.
    """
    require(by, P.THANK)
    if by.user_id is None:
        refuse(by)
    agent = queries.the_colleague(by, number)
    if rules.needs_words(kind) and not words.strip():
        raise WhatHappened
    day = at.astimezone(zone_info(agent.team.site.zone)).date()
    try:
        with transaction.atomic():
            thanks = Thanks.objects.create(
                from_user_id=by.user_id,
                agent=agent,
                kind=kind,
                words=words.strip()[:500],
                visibility=rules.no_wider(visibility, queries.wish_of(agent.pk)),
                at=at,
                day=day,
            )
    except IntegrityError as error:
        if "recognition_thanks_once_a_day" not in str(error):
            raise
        raise ThankedToday(name=agent.name) from error
    about = ("recognition.thanks", thanks.pk)
    audit.record(by=by, verb="recognition.thank", about=about, facts={"kind": kind}, person=agent.user_id, at=at)
    events.announce(ThanksGiven(thanks.pk, agent.pk, by.user_id, kind, thanks.visibility, at.isoformat()))
    if agent.user_id is not None:
        notices.notify(to=agent.user_id, kind=THANKED_KIND, ref=about, once=f"thanks:{thanks.pk}", at=at)
    if points:
        give_kudos(thanks_id=thanks.pk, to=agent.pk, by=by, at=at)
    return thanks


@transaction.atomic
def wish(*, widest: str, by: Actor, at: datetime) -> ThanksWish:
    """Say how far thanks to oneself may be shown; what was shown wider before is so no longer."""
    require(by, P.THANK)
    me = people.agent_of(by)
    if me is None:
        raise NotFound
    found, _new = ThanksWish.objects.update_or_create(agent=me, defaults={"widest": widest})
    about = ("people.agent", me.pk)
    audit.record(by=by, verb="recognition.wish", about=about, facts={"widest": widest}, person=me.user_id, at=at)
    return found
