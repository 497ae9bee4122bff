"""An activity of a group from being prepared to being closed: what its lead does, and what its session says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Activity, BoxQuestion, Participant
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import activities as rules
from floorwalker.apps.learning.services import stages
from floorwalker.apps.people import queries as people
from floorwalker.kernel import audit, live, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Invalid, Refused, Stale
from floorwalker.kernel.scoping import pick

ACTIVITY = "learning.activity"
State = Activity.State


class ActivityMoveNotAllowed(Refused):
    code = "learning_activity_move_not_allowed"
    status = 409
    text = _("“{title}” is {state}; that cannot be done with it any more, or not yet.")


class OnlyItsLead(Refused):
    code = "learning_only_its_lead"
    status = 409
    text = _("Only {name}, who leads this activity, does that.")


class ActivityQuestionsOpen(Refused):
    code = "learning_activity_questions_open"
    status = 409
    text = _("{n} questions in the box of “{title}” wait. Answer each, or say why you do not; the group reads it.")


class NotInThisActivity(Refused):
    code = "learning_not_in_this_activity"
    status = 409
    text = _("You lead this activity; its people take part in it.")


class ActivityElsewhere(Refused):
    code = "learning_activity_elsewhere"
    status = 409
    text = _("“{title}” has gone on since; its page shows how it stands.")


@transaction.atomic
def prepare_activity(
    *,
    kind: str,
    title: str,
    prompt: str,
    exercise_id: int | None,
    agent_ids: Sequence[int],
    once: str,
    by: Actor,
    at: datetime,
) -> Activity:
    """Prepare one for these people; who prepares it leads it. The same ``once`` again gives the first."""
    require(by, P.LEAD_ACTIVITIES)
    if by.user_id is None:
        refuse(by)
    before = Activity.objects.filter(once=once, lead=by.user_id).first()
    if before is not None:
        return before
    if kind not in rules.STAGES:
        raise Invalid(problem=_("Choose what the group does: {kinds}.").format(kinds=", ".join(rules.STAGES)))
    if not title.strip():
        raise Invalid(problem=_("Say what the activity is called."))
    wanted = list(dict.fromkeys(agent_ids))
    if not 2 <= len(wanted) <= rules.MOST_PEOPLE:
        raise Invalid(problem=_("An activity has two to {most} people.").format(most=rules.MOST_PEOPLE))
    agents = [pick(people.visible_agents(by, P.LEAD_ACTIVITIES).filter(left_on=None), each) for each in wanted]
    exercise = None
    if kind in rules.WITH_EXERCISE:
        if exercise_id is None:
            raise Invalid(problem=_("Choose the exercise the group does."))
        chosen = queries.visible_exercises(by, P.LEAD_ACTIVITIES).filter(kind=kind)
        exercise = pick(chosen, exercise_id)
    elif exercise_id is not None:
        raise Invalid(problem=_("This kind of activity has a prompt and no exercise."))
    activity = Activity.objects.create(
        kind=kind,
        title=title.strip()[:120],
        prompt=prompt.strip()[:600],
        exercise=exercise,
        content=exercise.content if exercise else {},
        lead_id=by.user_id,
        made_at=at,
        once=once,
    )
    Participant.objects.bulk_create(Participant(activity=activity, agent=each) for each in agents)
    _note(activity, "prepare_activity", by, at)
    return activity


@transaction.atomic
def open_activity(*, activity_id: int, version: int, by: Actor, at: datetime) -> Activity:
    """Begin: everybody is told, and finds it on their home."""
    activity = locked_for_lead(activity_id, by, version)
    _in_state(activity, State.PREPARED)
    if not activity.participants.exists():
        raise Invalid(problem=_("Nobody is left to take part; call it off."))
    activity.state, activity.opened_at = State.OPEN, at
    _enter(activity, rules.first(activity.kind), at)
    _save(activity, "open_activity", by, at)
    for each in queries.people_in(activity):
        if each.agent.user_id is not None:
            once, ref = f"{ACTIVITY}:{activity.pk}:open", (ACTIVITY, activity.pk)
            notices.notify(to=each.agent.user_id, kind=ACTIVITY, ref=ref, once=once, at=at)
    return activity


@transaction.atomic
def move_on(*, activity_id: int, version: int, by: Actor, at: datetime) -> Activity:
    """To the next stage of its kind."""
    activity = locked_for_lead(activity_id, by, version)
    _in_state(activity, State.OPEN)
    place = rules.Place(activity.stage, activity.round)
    after = rules.following(activity.kind, place, queries.rounds_of(activity))
    if after is None:
        raise ActivityElsewhere(title=activity.title)
    _enter(activity, after, at)
    return _save(activity, "move_activity_on", by, at)


@transaction.atomic
def close_activity(*, activity_id: int, version: int, by: Actor, at: datetime) -> Activity:
    """It is over, at whatever stage; not while a question waits in its box."""
    activity = locked_for_lead(activity_id, by, version)
    _in_state(activity, State.OPEN)
    if waiting := queries.questions_waiting(activity):
        raise ActivityQuestionsOpen(n=waiting, title=activity.title)
    _shuffle_box(activity)
    activity.state, activity.closed_at = State.CLOSED, at
    return _save(activity, "close_activity", by, at)


@transaction.atomic
def call_off_activity(*, once: str, why: str, at: datetime) -> None:
    """Its session does not take place. One that is over stays as it is."""
    activity = _named(once)
    if activity is None or activity.state not in (State.PREPARED, State.OPEN):
        return
    _shuffle_box(activity)
    activity.state, activity.closed_at = State.CALLED_OFF, at
    activity.why = why.strip()[:200] or _said("the session was called off")
    _save(activity, "call_off_activity", SYSTEM, at)


@transaction.atomic
def hand_over_activity(*, once: str, lead: int, at: datetime) -> None:
    """Somebody else leads its session now."""
    activity = _named(once)
    if activity is None or activity.lead_id == lead:
        return
    activity.lead_id = lead
    _save(activity, "hand_activity_over", SYSTEM, at)


@transaction.atomic
def leave_activity(*, once: str, agent_id: int, at: datetime) -> None:
    """Somebody has left: expected no more where it has not begun; what they gave to an open one stays with it."""
    activity = _named(once)
    part = activity.participants.filter(agent=agent_id, left_at=None).first() if activity is not None else None
    if activity is None or part is None or activity.state not in (State.PREPARED, State.OPEN):
        return
    if activity.state == State.PREPARED:
        part.delete()
    else:
        part.left_at = at
        part.save(update_fields=["left_at"])
    _save(activity, "leave_activity", SYSTEM, at)


def leave_open_activities(*, agent_id: int, at: datetime) -> None:
    """Who has left the company takes part in none any more."""
    found = Activity.objects.filter(queries.OPEN_ACTIVITY, participants__agent=agent_id)
    for once in list(found.order_by("pk").values_list("once", flat=True)):
        leave_activity(once=once, agent_id=agent_id, at=at)


def locked_for_lead(activity_id: int, by: Actor, version: int) -> Activity:
    """The activity for its lead, held until the transaction ends."""
    found = queries.the_activity(by, activity_id)
    if found.lead_id != by.user_id:
        raise OnlyItsLead(name=found.lead.name)
    require(by, P.LEAD_ACTIVITIES)
    activity = Activity.objects.select_for_update(of=("self",)).select_related("lead").get(pk=found.pk)
    if activity.version != version:
        raise Stale
    return activity


def taking_part(
    activity_id: int, by: Actor, *stages_open: str, round_open: int | None = None
) -> tuple[Activity, Participant]:
    """The activity and this person's place in it, while it stands at one of these stages (none: any).

    Its row is held, so that it cannot move on meanwhile.
    """
    require(by, P.TAKE_PART)
    found = queries.the_activity(by, activity_id)
    activity = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=found.pk)
    part = queries.part_of(by, activity)
    if part is None:
        raise NotInThisActivity
    if activity.state != State.OPEN or (stages_open and activity.stage not in stages_open):
        raise ActivityElsewhere(title=activity.title)
    if round_open is not None and activity.round != round_open:
        raise ActivityElsewhere(title=activity.title)
    return activity, part


def tell_group(activity: Activity) -> None:
    """Every open page of this activity asks anew: the lead's, those of small groups, and all others."""
    for part in ("", "-lead", *(f"-{number}" for number in queries.splits_of(activity))):
        live.tell(f"activity:{activity.pk}{part}")


def tell_lead(activity: Activity) -> None:
    """The page of who leads asks anew: one more is done. Sixty phones need not hear of each other."""
    live.tell(f"activity:{activity.pk}-lead")


def tell_split(activity: Activity, number: int) -> None:
    """The pages of one small group ask anew, and that of who leads."""
    live.tell(f"activity:{activity.pk}-{number}")
    tell_lead(activity)


def _enter(activity: Activity, place: rules.Place, at: datetime) -> None:
    activity.stage, activity.round, activity.stage_at = place.stage, place.round, at
    stages.entered(activity, at)


def _shuffle_box(activity: Activity) -> None:
    """Rows are written anew in no order: where a row lies would tell when it came."""
    rows = list(BoxQuestion.objects.filter(activity=activity))
    BoxQuestion.objects.filter(activity=activity).delete()
    SystemRandom().shuffle(rows)
    BoxQuestion.objects.bulk_create(
        BoxQuestion(activity=activity, words=each.words, answer=each.answer, answered_at=each.answered_at)
        for each in rows
    )


def _named(once: str) -> Activity | None:
    return Activity.objects.select_for_update(of=("self",)).filter(once=once).first()


def _in_state(activity: Activity, *states: str) -> None:
    if activity.state not in states:
        raise ActivityMoveNotAllowed(title=activity.title, state=State(activity.state).label)


def _save(activity: Activity, verb: str, by: Actor, at: datetime) -> Activity:
    activity.version += 1
    activity.save()
    _note(activity, verb, by, at)
    tell_group(activity)
    return activity


def _note(activity: Activity, verb: str, by: Actor, at: datetime) -> None:
    audit.record(by=by, verb=f"learning.{verb}", about=(ACTIVITY, activity.pk), facts={}, at=at)
