"""Calibrations: opened, scored blind, closed, and what was agreed written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.promises import services as promises
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import Calibration, CalibrationScore, Reading
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import calibration as rules
from floorwalker.apps.quality.rules import forms
from floorwalker.apps.quality.services.refusals import NoFormInForce, NotAnAnswer, NotAnswered
from floorwalker.kernel import audit, jobs, notices
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.jobs import Fence

AGREE = "quality.calibrate"
CALIBRATION = "quality.calibration"
PROMISE = "quality.calibration"
NOTICES: dict[str, object] = {
    "quality.calibration_asked": _("A contact to score for a calibration"),
    "quality.calibration_ready": _("A calibration all have scored"),
    "quality.calibration_due": _("A calibration whose day has passed"),
    "quality.calibration_closed": _("A calibration is closed"),
}


class NotThatDay(Refused):
    code = "quality_calibration_day"
    text = _("Choose a day within the next {most} days, so that all know until when.")


class TooFewParticipants(Refused):
    code = "quality_calibration_participants"
    text = _("A calibration needs {least} people at least; choose from those who evaluate this agent.")


class CalibrationClosed(Refused):
    code = "quality_calibration_closed"
    status = 409
    text = _("This calibration is closed; open another one.")


class CalibrationOpen(Refused):
    code = "quality_calibration_open"
    status = 409
    text = _("This calibration is still open. Close it first, so that nobody is led by the others.")


class ScoredAlready(Refused):
    code = "quality_calibration_scored"
    status = 409
    text = _("You have handed in your score; it stands until all talk about it.")


class TooFewScores(Refused):
    code = "quality_calibration_scores"
    text = _("Only {n} have scored; with fewer than {least} there is nothing to compare.")


@transaction.atomic
def open_calibration(
    *, conversation_id: int, participants: Sequence[int], last_day: date, by: Actor, at: datetime
) -> Calibration:
    """Have a contact scored by several, blind to each other; each promises to until the end of ``last_day``."""
    require(by, P.CALIBRATE)
    conversation = queries.the_conversation(by, conversation_id, P.CALIBRATE)
    zone = ZoneInfo(by.zone)
    if not at.astimezone(zone).date() <= last_day <= at.astimezone(zone).date() + timedelta(rules.LONGEST_DAYS):
        raise NotThatDay(most=rules.LONGEST_DAYS)
    version = queries.form_for(conversation.client_id, conversation.channel)
    if version is None:
        raise NoFormInForce
    allowed = {user for user, _name in queries.participants_to_choose(conversation)}
    invited = list(dict.fromkeys(participants))
    if set(invited) - allowed or len(invited) < rules.LEAST_SCORES:
        raise TooFewParticipants(least=rules.LEAST_SCORES)
    found = Calibration.objects.create(
        conversation=conversation,
        form_version=version,
        owner_id=by.user_id or invited[0],
        opened_at=at,
        due=datetime.combine(last_day + timedelta(days=1), time(), zone),
    )
    CalibrationScore.objects.bulk_create(
        CalibrationScore(calibration=found, participant_id=user) for user in invited
    )
    for user in invited:
        _promise(found, user, by, at)
        if user != by.user_id:
            _tell(found, user, "asked", at)
    _record(found, "open_calibration", by, at, participants=len(invited))
    return found


@transaction.atomic
def score_calibration(
    *,
    calibration_id: int,
    answers: Mapping[str, str],
    comments: Mapping[str, str],
    finish: bool,
    by: Actor,
    at: datetime,
) -> CalibrationScore:
    """One's own answers, kept as they are given; handed in they stand until the calibration is closed."""
    found = _open(calibration_id, P.TAKE_PART, by)
    mine = CalibrationScore.objects.select_for_update().filter(calibration=found, participant=by.user_id).first()
    if mine is None:
        raise NotFound
    if mine.scored_at is not None:
        raise ScoredAlready
    content = found.form_version.words
    for key, value in answers.items():
        _keep_answer(mine, content, key, str(value or "").strip())
    for key, text in comments.items():
        mine.comments = {**mine.comments, key: text.strip()[:2000]}
    mine.comments = {key: text for key, text in mine.comments.items() if text}
    if finish:
        whole = forms.score(content, mine.answers)
        if whole.missing:
            items = (content.item(key) for key in whole.missing)
            raise NotAnswered(items=", ".join(f"“{item.text}”" for item in items if item))
        mine.score = whole.points if whole.points is not None else whole.all_points or 0.0
        mine.all_points = whole.all_points if whole.all_points is not None else mine.score
        mine.scored_at = at
    mine.save()
    if finish:
        assert by.user_id is not None
        promises.keep(once=_once(found, by.user_id), by=by, at=at)
        _record(found, "score_calibration", by, at)
        if not CalibrationScore.objects.filter(calibration=found, scored_at=None).exists():
            _tell(found, found.owner_id, "ready", at)
    return mine


def _keep_answer(mine: CalibrationScore, content: forms.FormContent, key: str, value: str) -> None:
    item = content.item(key)
    if item is None:
        raise NotAnAnswer(value=value, item=key)
    if value and item.share(value) is None and not (value == forms.NOT_APPLICABLE and item.may_not_apply):
        raise NotAnAnswer(value=value, item=item.text)
    mine.answers = {name: given for name, given in mine.answers.items() if name != key}
    if value:
        mine.answers[key] = value


@transaction.atomic
def close_calibration(*, calibration_id: int, by: Actor, at: datetime) -> Calibration:
    """Everybody who took part reads all scores now; a job says how far they agree."""
    found = _open(calibration_id, P.CALIBRATE, by)
    scores = list(CalibrationScore.objects.select_for_update().filter(calibration=found).order_by("pk"))
    done = sum(each.scored_at is not None for each in scores)
    if done < rules.LEAST_SCORES:
        raise TooFewScores(n=done, least=rules.LEAST_SCORES)
    found.state, found.closed_at = Calibration.State.CLOSED, at
    found.save(update_fields=["state", "closed_at"])
    for each in scores:
        if each.scored_at is None:
            why = _g("the calibration was closed without it")
            promises.withdraw(once=_once(found, each.participant_id), why=why, by=by, at=at)
        if each.participant_id != by.user_id:
            _tell(found, each.participant_id, "closed", at)
    jobs.start(AGREE, ref=(CALIBRATION, found.pk), title=_("How far a calibration agrees"), by=by, at=at)
    _record(found, "close_calibration", by, at, scores=done)
    return found


@transaction.atomic
def keep_agreement(*, calibration_id: int, result: Mapping[str, Any], fence: Fence) -> Calibration:
    """What the job has computed."""
    fence.hold()
    found = Calibration.objects.select_for_update().get(pk=calibration_id)
    found.result = dict(result)
    found.save(update_fields=["result"])
    return found


@transaction.atomic
def agree_reading(*, calibration_id: int, item_key: str, text: str, by: Actor, at: datetime) -> Reading | None:
    """How an item is read from now on, shown with the form; an empty text takes it back."""
    require(by, P.CALIBRATE)
    found = queries.the_calibration(by, calibration_id, P.CALIBRATE)
    if found.state != Calibration.State.CLOSED:
        raise CalibrationOpen
    item = found.form_version.words.item(item_key)
    if item is None:
        raise NotFound
    text = " ".join(text.split())[:1000]
    if not text:
        Reading.objects.filter(calibration=found, item_key=item_key).delete()
        _record(found, "take_back_reading", by, at, item=item_key)
        return None
    reading, _new = Reading.objects.update_or_create(
        calibration=found, item_key=item_key,
        defaults={"form_id": found.form_version.form_id, "text": text, "at": at},
    )  # fmt: skip
    _record(found, "agree_reading", by, at, item=item_key)
    return reading


def remind_of_calibrations(at: datetime) -> int:
    """Every hour: whose day has passed is told to its owner, once; how many."""
    told = 0
    for found in queries.calibrations_due(at):
        with transaction.atomic():
            _tell(found, found.owner_id, "due", at)
            told += 1
    return told


def _open(calibration_id: int, permission: P, by: Actor) -> Calibration:
    require(by, permission)
    queries.the_calibration(by, calibration_id, permission)
    rows = Calibration.objects.select_for_update(of=("self",)).select_related("form_version__form", "conversation")
    found: Calibration = rows.get(pk=calibration_id)
    if found.state != Calibration.State.OPEN:
        raise CalibrationClosed
    return found


def _once(found: Calibration, user: int) -> str:
    return f"{PROMISE}:{found.pk}:{user}"


def _promise(found: Calibration, user: int, by: Actor, at: datetime) -> None:
    promises.register(
        kind=PROMISE,
        ref=(CALIBRATION, found.pk),
        owner=user,
        to=found.owner_id if found.owner_id != user else _g("all who take part"),
        what=_g("Score for a calibration by “%(form)s”") % {"form": found.form_version.form.name},
        due=found.due,
        by=by,
        at=at,
        once=_once(found, user),
    )


def _tell(found: Calibration, user: int, what: str, at: datetime) -> None:
    once, ref = f"{CALIBRATION}:{found.pk}:{what}", (CALIBRATION, found.pk)
    notices.notify(to=user, kind=f"quality.calibration_{what}", ref=ref, once=once, at=at)


def _record(found: Calibration, verb: str, by: Actor, at: datetime, **facts: object) -> None:
    audit.record(by=by, verb=f"quality.{verb}", about=(CALIBRATION, found.pk), facts=facts, at=at)
