"""Reads of photos of fun days: seen by whoever sees the day, unless somebody wants to be taken off."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.recognition.models import FunPhoto, FunPost
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.queries.fun import visible_fun_days, visible_fun_photos
from floorwalker.apps.recognition.rules import fun as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.roles import Role
from floorwalker.kernel.scoping import pick, within


def the_fun_photo(actor: Actor, fun_photo_id: int) -> FunPhoto:
    """One that is still there."""
    found = visible_fun_photos(actor) | visible_fun_photos(actor, P.KEEP_FUN)
    return pick(found.filter(removed_at=None), fun_photo_id)


def my_fun_post(actor: Actor, fun_post_id: int) -> FunPost:
    """One's own, to which a photo may be added."""
    rows = FunPost.objects.filter(within(actor.sight(P.POINTS), own="agent__user"), removed_at=None)
    if actor.user_id is None:
        rows = rows.none()
    return pick(rows.filter(agent__user=actor.user_id).select_related("fun_day", "agent"), fun_post_id)


def photo_keepers(photo: FunPhoto) -> list[int]:
    """The nearest who may decide, never its author; who asked has said what they want already."""
    agent, site = photo.post.agent, photo.post.fun_day.site_id
    team = agent.team_id if agent.team.site_id == site else None
    for place in ((team, site), (None, site), (None, None)):
        leads = people.leads_at(*place, roles=(Role.SUPERVISOR, Role.MANAGER))
        if found := [each for each in leads if each not in (agent.user_id, photo.asked_by_id)]:
            return found
    return []


def photos_to_let_go(today: date) -> QuerySet[FunPhoto]:
    """Of days more than a year ago."""
    return FunPhoto.objects.filter(
        removed_at=None, post__fun_day__day__lt=today - timedelta(days=rules.PHOTO_DAYS)
    )


def photo_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """For whose photo was taken away."""
    found = FunPhoto.objects.filter(pk=ref[1], post__agent__user=actor.user_id).defer("jpeg").first()
    if found is None or not found.why:
        return None
    words = {"name": found.post.fun_day.name, "why": found.why}
    return _("Your photo of “%(name)s” was taken away: %(why)s") % words


def photo_to_look_at_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """For who keeps the calendar; says how it stands now."""
    here = FunPhoto.objects.filter(post__fun_day__in=visible_fun_days(actor, P.KEEP_FUN))
    found = here.exclude(post__agent__user=actor.user_id).filter(pk=ref[1]).defer("jpeg").first()
    if found is None:
        return None
    words = {"name": found.post.fun_day.name}
    if found.hidden_at is None or found.removed_at is not None:
        return _("A photo of “%(name)s” from which somebody wanted to be taken off has been looked at.") % words
    return _("Somebody wants to be taken off a photo of “%(name)s”. It is hidden until you have looked.") % words


def url_of_photo(ref: tuple[str, int]) -> str:
    """The day whose photo it is."""
    day = FunPhoto.objects.filter(pk=ref[1]).values_list("post__fun_day", flat=True).first()
    return reverse("recognition:fun_day", args=[day]) if day else reverse("recognition:fun")


def photo_asked_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """For who wanted to be taken off."""
    found = FunPhoto.objects.filter(pk=ref[1], asked_by=actor.user_id).defer("jpeg").first()
    if found is None or actor.user_id is None:
        return None
    words = {"name": found.post.fun_day.name, "answer": found.answer}
    if found.removed_at is not None:
        return _("The photo of “%(name)s” from which you wanted to be taken off is gone.") % words
    if found.hidden_at is None:
        return _("The photo of “%(name)s” is shown again: %(answer)s") % words
    return _("The photo of “%(name)s” is hidden until who leads has looked.") % words
