"""Photos of fun days: shared by whose part it is, hidden at once for who wants to be taken off, looked at."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import FunPhoto
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.services.fun import taking_part
from floorwalker.apps.recognition.services.ledger import PointsWithoutWhy
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.files.photos import Photo
from floorwalker.kernel.scoping import pick

PHOTO_KIND = "recognition.fun_photo"
LOOK_KIND = "recognition.fun_photo_look"
PHOTO_ASKED_KIND = "recognition.fun_photo_asked"


class PhotoAlready(Refused):
    code = "fun_photo_already"
    status = 409
    text = _("There is a photo already. Take it away first to share another one.")


class PhotoNeedsConsent(Refused):
    code = "fun_photo_needs_consent"
    text = _("Ask everybody who can be recognised first. A photo of people who did not agree is not shared.")


class PhotoNeedsWords(Refused):
    code = "fun_photo_needs_words"
    text = _("Say what is to be seen, for those who cannot see it.")


class YourOwnPhoto(Refused):
    code = "fun_photo_your_own"
    status = 409
    text = _("This photo is yours. Take it away yourself.")


class PhotoNotHidden(Refused):
    code = "fun_photo_not_hidden"
    status = 409
    text = _("The photo is shown. Somebody else may have looked at it just now.")


@transaction.atomic
def share_photo(*, fun_post_id: int, photo: Photo, alt: str, agreed: bool, by: Actor, at: datetime) -> FunPhoto:
    """A photo of one's own part in the day, once everybody to be recognised on it agreed."""
    require(by, P.POINTS)
    post = queries.my_fun_post(by, fun_post_id)
    taking_part(by, post.fun_day_id, at)
    if not agreed:
        raise PhotoNeedsConsent
    if not alt.strip():
        raise PhotoNeedsWords
    try:
        with transaction.atomic():
            found = FunPhoto.objects.create(
                post=post, jpeg=photo.jpeg, width=photo.width, height=photo.height, alt=alt.strip()[:200], at=at
            )
    except IntegrityError as error:
        if "recognition_fun_photo_once" not in str(error):
            raise
        raise PhotoAlready from error
    _note(by, "recognition.share_photo", found, at)
    return found


@transaction.atomic
def take_me_off(*, fun_photo_id: int, by: Actor, at: datetime) -> FunPhoto:
    """One press and nobody sees it any more; who leads looks at it. No reason is asked for."""
    require(by, P.POINTS, P.KEEP_FUN)
    found = _locked(queries.the_fun_photo(by, fun_photo_id))
    if found.post.agent.user_id == by.user_id:
        raise YourOwnPhoto
    if found.hidden_at is not None:
        return found
    found.hidden_at, found.asked_by_id, found.answer = at, by.user_id, ""
    found.save(update_fields=["hidden_at", "asked_by", "answer"])
    # The audit says that somebody asked and not who: its author reads what is written about them.
    _note(SYSTEM, "recognition.hide_photo", found, at)
    for user in queries.photo_keepers(found):
        once = f"{LOOK_KIND}:{found.pk}:{at:%Y%m%d%H%M%S}"
        notices.notify(to=user, kind=LOOK_KIND, ref=_about(found), once=once, at=at)
    return found


@transaction.atomic
def show_photo_again(*, fun_photo_id: int, why: str, by: Actor, at: datetime) -> FunPhoto:
    """Looked at: nobody is on it who did not agree. Who asked reads why, and may ask again."""
    found = _kept(by, fun_photo_id)
    if not why.strip():
        raise PointsWithoutWhy
    if found.hidden_at is None:
        raise PhotoNotHidden
    found.hidden_at, found.answer = None, why.strip()[:300]
    found.save(update_fields=["hidden_at", "answer"])
    _note(by, "recognition.show_photo", found, at)
    _tell_who_asked(found, at)
    return found


@transaction.atomic
def take_photo_away(*, fun_photo_id: int, by: Actor, at: datetime, why: str = "") -> FunPhoto:
    """One's own without a word; somebody else's by who keeps the calendar, with a reason its author reads."""
    require(by, P.POINTS, P.KEEP_FUN)
    seen = queries.the_fun_photo(by, fun_photo_id)
    mine = seen.post.agent.user_id is not None and seen.post.agent.user_id == by.user_id
    found = _locked(seen) if mine else _kept(by, fun_photo_id)
    if not mine and not why.strip():
        raise PointsWithoutWhy
    strip(found, at, "" if mine else why.strip()[:300])
    _note(by, "recognition.take_photo_away", found, at)
    if not mine and found.post.agent.user_id is not None:
        to = found.post.agent.user_id
        notices.notify(to=to, kind=PHOTO_KIND, ref=_about(found), once=f"{PHOTO_KIND}:{found.pk}", at=at)
    return found


def strip(found: FunPhoto, at: datetime, why: str = "") -> None:
    """The picture itself is gone; that there was one stays."""
    asked = found.hidden_at is not None
    found.jpeg, found.removed_at, found.why = b"", at, why
    found.save(update_fields=["jpeg", "removed_at", "why"])
    if asked:
        _tell_who_asked(found, at)


def let_photos_go(at: datetime) -> int:
    """Every night: photos of days a year ago; how many went."""
    return queries.photos_to_let_go(at.date()).update(jpeg=b"", removed_at=at)


def _tell_who_asked(found: FunPhoto, at: datetime) -> None:
    if found.asked_by_id is not None:
        once = f"{PHOTO_ASKED_KIND}:{found.pk}:{at:%Y%m%d%H%M%S}"
        notices.notify(to=found.asked_by_id, kind=PHOTO_ASKED_KIND, ref=_about(found), once=once, at=at)


def _kept(by: Actor, fun_photo_id: int) -> FunPhoto:
    """One to decide on: never one's own."""
    require(by, P.KEEP_FUN)
    rows = queries.visible_fun_photos(by, P.KEEP_FUN).filter(removed_at=None, post__removed_at=None)
    found = pick(rows.filter(post__fun_day__in=queries.visible_fun_days(by, P.KEEP_FUN)), fun_photo_id)
    if found.post.agent.user_id == by.user_id:
        raise NotFound
    return _locked(found)


def _locked(seen: FunPhoto) -> FunPhoto:
    rows = FunPhoto.objects.select_for_update(of=("self",)).select_related("post__agent", "post__fun_day")
    return pick(rows.filter(removed_at=None).defer("jpeg"), seen.pk)


def _about(found: FunPhoto) -> tuple[str, int]:
    return "recognition.fun_photo", found.pk


def _note(by: Actor, verb: str, found: FunPhoto, at: datetime) -> None:
    audit.record(by=by, verb=verb, about=_about(found), person=found.post.agent.user_id, at=at)
