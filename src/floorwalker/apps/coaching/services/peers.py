"""Buddies and peer coaching: proposed, accepted by both, met in time that is owed, and credited to who helps."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import PeerMeeting, PeerNote, PeerPair
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import peers as rules
from floorwalker.apps.coaching.services.feedback import HasLeft, WordsMissing, mind
from floorwalker.apps.coaching.services.touches import note_touch
from floorwalker.apps.offphone import queries as minutes
from floorwalker.apps.offphone import services as offphone
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Invalid, Refused
from floorwalker.kernel.scoping import pick

PAIR_KIND = "coaching.pair"


class PairNotThatWay(Refused):
    code = "coaching_pair_move_not_allowed"
    status = 409
    text = gettext_lazy("A pair that is {state} cannot become {to} like this.")


class PairedAlready(Refused):
    code = "coaching_paired_already"
    status = 409
    text = gettext_lazy("These two are a pair already.")


class HelpsEnough(Refused):
    code = "coaching_helps_enough"
    text = gettext_lazy("{name} helps {n} people already; choose somebody else or wait.")


class NotOfThePair(Refused):
    code = "coaching_not_of_the_pair"
    status = 409
    text = gettext_lazy("Only the two of this pair do that.")


class MeetingOpen(Refused):
    code = "coaching_meeting_open"
    status = 409
    text = gettext_lazy("A meeting of this pair is planned already, or the pair is not open.")


@transaction.atomic
def propose_pair(
    *, helper_id: int, learner_id: int, kind: str, about: str, first_day: date, last_day: date,
    by: Actor, at: datetime, meant: bool = False,
) -> PeerPair:  # fmt: skip
    """Whoever leads both proposes that one helps the other; nothing begins before both have said yes."""
    require(by, P.PAIR)
    led = queries.agents_to_pair(by)
    helper, learner = pick(led, helper_id), pick(led, learner_id)
    if by.user_id is None:
        refuse(by)
    if problem := _wrong(helper_id, learner_id, kind, first_day, last_day):
        raise Invalid(problem=problem)
    if not about.strip():
        raise WordsMissing
    mind(about, meant=meant)
    for each in (helper, learner):
        if each.left_on is not None and each.left_on <= at.date():
            raise HasLeft(name=each.name)
    helping = PeerPair.objects.filter(helper=helper, state__in=rules.OPEN).count()
    if helping >= rules.HELPS_AT_MOST:
        raise HelpsEnough(name=helper.name, n=helping)
    try:
        with transaction.atomic():
            pair = PeerPair.objects.create(
                kind=kind,
                helper=helper,
                learner=learner,
                about=about.strip()[:200],
                first_day=first_day,
                last_day=last_day,
                proposed_by_id=by.user_id,
                proposed_at=at,
            )
    except IntegrityError as error:
        if "coaching_one_open_pair" in str(error):
            raise PairedAlready from error
        raise
    _note(pair, "propose", by, at)
    _tell(pair, by, "proposed", at)
    return pair


def _wrong(helper_id: int, learner_id: int, kind: str, first_day: date, last_day: date) -> str:
    if helper_id == learner_id:
        return _("Somebody helps another, not themselves.")
    if not first_day <= last_day or (last_day - first_day).days > rules.LONGEST_DAYS:
        return _("Choose a last day after the first, within half a year.")
    return "" if kind in PeerPair.Kind.values else _("A pair is buddies or peer coaching.")


@transaction.atomic
def accept_pair(*, pair_id: int, by: Actor, at: datetime) -> PeerPair:
    """One of the two says yes; with both it begins."""
    pair, side = _locked(pair_id, by)
    _may(pair, rules.ACCEPTED, side)
    if side == rules.HELPER:
        pair.helper_yes_at = pair.helper_yes_at or at
    else:
        pair.learner_yes_at = pair.learner_yes_at or at
    if pair.helper_yes_at and pair.learner_yes_at:
        pair.state = PeerPair.State.ACCEPTED
    pair.version += 1
    pair.save()
    _note(pair, "accept", by, at)
    if pair.state == PeerPair.State.ACCEPTED:
        _tell(pair, by, "accepted", at)
    return pair


@transaction.atomic
def decline_pair(*, pair_id: int, by: Actor, at: datetime) -> PeerPair:
    """One of the two does not want it; nobody asks why."""
    pair, side = _locked(pair_id, by)
    return _end(pair, rules.DECLINED, side, by, at)


@transaction.atomic
def end_pair(*, pair_id: int, by: Actor, at: datetime) -> PeerPair:
    """It has done its work, or does none."""
    pair, side = _locked(pair_id, by)
    return _end(pair, rules.ENDED, side, by, at)


@transaction.atomic
def plan_meeting(*, pair_id: int, meeting_minutes: int, due: datetime, by: Actor, at: datetime) -> PeerMeeting:
    """Owe both minutes to meet; a contractor asks for their own time, as the room of that time says."""
    require(by, P.PAIR)
    pair, side = _locked(pair_id, by)
    if side != rules.LEAD:
        refuse(by)
    if pair.state != PeerPair.State.ACCEPTED or pair.meetings.filter(state="planned").exists():
        raise MeetingOpen
    meeting = PeerMeeting.objects.create(pair=pair, minutes=meeting_minutes, made_at=at)
    sessions = [
        offphone.owe(
            agent_id=agent_id, minutes=meeting_minutes, kind="training", reason=capfirst(pair.get_kind_display()),
            due=due, by=by, at=at, once=_session_name(meeting, each),
        ).pk
        for each, agent_id in ((rules.HELPER, pair.helper_id), (rules.LEARNER, pair.learner_id))
    ]  # fmt: skip
    meeting.helper_session, meeting.learner_session = sessions
    meeting.save(update_fields=["helper_session", "learner_session"])
    _note(pair, "plan_meeting", by, at)
    return meeting


@transaction.atomic
def place_meeting(*, meeting_id: int, start: datetime, by: Actor, at: datetime) -> PeerMeeting:
    """Give both the same time: one of those in which it costs the fewest callers."""
    require(by, P.PAIR)
    found = queries.the_meeting(by, meeting_id)
    _pair, side = _locked(found.pair_id, by)
    meeting = PeerMeeting.objects.select_for_update().get(pk=meeting_id)
    if side != rules.LEAD or meeting.state != "planned":
        raise MeetingOpen
    for session_id in (meeting.helper_session, meeting.learner_session):
        session = minutes.the_session(SYSTEM, session_id or 0)
        offphone.place(session_id=session.pk, start=start, version=session.version, by=by, at=at)
    meeting.begins_at = start
    meeting.save(update_fields=["begins_at"])
    return meeting


@transaction.atomic
def hold_meeting(*, meeting_id: int, by: Actor, at: datetime) -> PeerMeeting:
    """They met: the minutes of both are delivered, credited to who helped, and the learner was spoken to."""
    found = queries.the_meeting(by, meeting_id)
    pair, side = _locked(found.pair_id, by)
    meeting = PeerMeeting.objects.select_for_update().get(pk=meeting_id)
    if not side or meeting.state != "planned" or pair.state != PeerPair.State.ACCEPTED:
        raise MeetingOpen
    for each in (rules.HELPER, rules.LEARNER):
        offphone.settle(once=_session_name(meeting, each), by=by, at=at)
    return _held(meeting, pair, by, at)


@transaction.atomic
def follow_peer_session(*, session_id: int, at: datetime) -> None:
    """What became of the minutes of one of the two becomes of the meeting."""
    meeting_id = queries.meeting_of_session(session_id)
    if meeting_id is None:
        return
    pair_id = PeerMeeting.objects.get(pk=meeting_id).pair_id
    pair = PeerPair.objects.select_for_update(of=("self",)).select_related("helper", "learner").get(pk=pair_id)
    meeting = PeerMeeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.state != "planned":
        return
    both = [minutes.the_session(SYSTEM, each or 0) for each in (meeting.helper_session, meeting.learner_session)]
    states = {each.state for each in both}
    if states == {"delivered"}:
        _held(meeting, pair, SYSTEM, at)
    elif states & {"let_go", "fell_away"}:
        _cancel(meeting, at)
    else:
        starts = {each.period.lower for each in both if each.period is not None}
        meeting.begins_at = starts.pop() if len(starts) == 1 and states == {"placed"} else None
        meeting.save(update_fields=["begins_at"])


@transaction.atomic
def add_peer_note(*, pair_id: int, words: str, by: Actor, at: datetime, meant: bool = False) -> PeerNote:
    """What one of the two writes; only the other reads it."""
    pair, side = _locked(pair_id, by)
    if side not in (rules.HELPER, rules.LEARNER) or by.user_id is None:
        raise NotOfThePair
    if not words.strip():
        raise WordsMissing
    mind(words, meant=meant)
    note = PeerNote.objects.create(pair=pair, by_id=by.user_id, words=words.strip(), at=at)
    _note(pair, "note", by, at)
    return note


@transaction.atomic
def end_pairs_that_are_over(at: datetime) -> int:
    """Every day: the last day is over, or one of the two has left."""
    over = queries.pairs_over(at.date())
    for pair_id in over:
        rows = PeerPair.objects.select_for_update(of=("self",)).select_related("helper", "learner")
        _end(rows.get(pk=pair_id), rules.ENDED, rules.WORK, SYSTEM, at)
    return len(over)


def _held(meeting: PeerMeeting, pair: PeerPair, by: Actor, at: datetime) -> PeerMeeting:
    meeting.state, meeting.held_at = PeerMeeting.State.HELD, at
    meeting.save(update_fields=["state", "held_at"])
    if pair.helper.user_id is not None:
        note_touch(
            agent_id=pair.learner_id,
            by_user_id=pair.helper.user_id,
            kind="peer",
            minutes=meeting.minutes,
            at=at,
            once=f"peer:{meeting.pk}",
        )
    _note(pair, "meet", by, at)
    return meeting


def _cancel(meeting: PeerMeeting, at: datetime) -> None:
    """Without one of the two there is no meeting; the other's minutes are owed no more."""
    meeting.state, meeting.begins_at = PeerMeeting.State.CANCELLED, None
    meeting.save(update_fields=["state", "begins_at"])
    for each in (rules.HELPER, rules.LEARNER):
        offphone.fall_away(once=_session_name(meeting, each), why=_("the meeting is off"), by=SYSTEM, at=at)


def _end(pair: PeerPair, to: str, side: str, by: Actor, at: datetime) -> PeerPair:
    _may(pair, to, side)
    pair.state, pair.ended_at, pair.version = to, at, pair.version + 1
    pair.save()
    for meeting in pair.meetings.filter(state="planned"):
        _cancel(meeting, at)
    _note(pair, to, by, at)
    _tell(pair, by, to, at)
    return pair


def _may(pair: PeerPair, to: str, side: str) -> None:
    if not rules.may_move(pair.state, to, side):
        raise PairNotThatWay(state=pair.get_state_display(), to=PeerPair.State(to).label)


def _locked(pair_id: int, by: Actor) -> tuple[PeerPair, str]:
    require(by, P.SEE_PAIRS)
    queries.the_pair(by, pair_id)
    rows = PeerPair.objects.select_for_update(of=("self",))
    pair = rows.select_related("helper__team__site", "learner__team__site").get(pk=pair_id)
    return pair, queries.pair_side(by, pair)


def _session_name(meeting: PeerMeeting, side: str) -> str:
    return f"coaching:peer:{meeting.pk}:{side}"


def _note(pair: PeerPair, verb: str, by: Actor, at: datetime) -> None:
    about = ("coaching.pair", pair.pk)
    audit.record(by=by, verb=f"coaching.pair_{verb}", about=about, facts={}, person=pair.learner.user_id, at=at)


def _tell(pair: PeerPair, by: Actor, what: str, at: datetime) -> None:
    for user in {pair.helper.user_id, pair.learner.user_id, pair.proposed_by_id} - {by.user_id, None}:
        assert user is not None
        once = f"pair:{pair.pk}:{what}"
        notices.notify(to=user, kind=PAIR_KIND, ref=("coaching.pair", pair.pk), once=once, at=at)
