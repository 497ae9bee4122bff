"""Activities of groups: who sees which, what waits, and the box of questions without names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.learning.models import Activity, BoxQuestion, Exercise, Participant
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import activities as rules
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.picking import Choices
from floorwalker.kernel.scoping import pick, scoped, within

ACTIVITY = "learning.activity"
State = Activity.State
OPEN_ACTIVITY = Q(state__in=[State.PREPARED, State.OPEN])
FOR_ALL_WHO_LEAD = "an exercise is about nobody; whoever leads groups may choose any that is in force"


def visible_activities(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[Activity]:
    """Those one leads, and those one takes part in; no role reaches others."""
    sight = actor.sight(permission)
    part = Participant.objects.filter(within(sight, own="agent__user"), activity=OuterRef("pk"), left_at=None)
    return Activity.objects.filter(within(sight, own="lead") | Q(Exists(part)))


def the_activity(actor: Actor, activity_id: int, permission: Permission = P.TAKE_PART) -> Activity:
    return pick(visible_activities(actor, permission).select_related("lead"), activity_id)


def visible_participants(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[Participant]:
    return Participant.objects.filter(activity__in=visible_activities(actor, permission))


def visible_box_questions(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[BoxQuestion]:
    """To who leads all of them, to the group those that are answered; nobody is told whose they are."""
    seen = BoxQuestion.objects.filter(activity__in=visible_activities(actor, permission))
    leads = within(actor.sight(permission), own="activity__lead")
    return seen.filter(leads | Q(answered_at__isnull=False))


def visible_exercises(actor: Actor, permission: Permission = P.KEEP_EXERCISES) -> QuerySet[Exercise]:
    """All to who keeps them; to who leads groups those in force."""
    if not actor.sight(permission):
        return Exercise.objects.none()
    if permission is P.LEAD_ACTIVITIES:
        return Exercise.objects.filter(state=Exercise.State.IN_FORCE)
    return Exercise.objects.all()


scoped(
    Activity,
    visible_activities,
    P.TAKE_PART,
    canary=("title", "prompt", "why"),
    key="activity_id",
    relations=("own",),
    fixed=("stage", "once"),
)
scoped(Participant, visible_participants, P.TAKE_PART, key="participant_id", relations=("own",))
scoped(
    BoxQuestion,
    visible_box_questions,
    P.TAKE_PART,
    canary=("words", "answer"),
    key="box_question_id",
    relations=("own",),
)
scoped(
    Exercise,
    visible_exercises,
    P.KEEP_EXERCISES,
    P.LEAD_ACTIVITIES,
    canary="title",
    key="exercise_id",
    staff_see_all=FOR_ALL_WHO_LEAD,
)


def activity_named(once: str) -> int | None:
    """The activity of this name, for whoever had it prepared."""
    return Activity.objects.filter(once=once).values_list("pk", flat=True).first()


def exercises_in_force(actor: Actor, kind: str) -> Choices:
    """Exercises of a kind that can be used now, to choose one of."""
    rows = visible_exercises(actor, P.LEAD_ACTIVITIES).filter(kind=kind).order_by("title", "pk")
    return Choices(rows, ("title",), str)


def the_exercise(actor: Actor, exercise_id: int, permission: Permission = P.KEEP_EXERCISES) -> Exercise:
    return pick(visible_exercises(actor, permission).select_related("keeper"), exercise_id)


def my_activities(actor: Actor, **place: Any) -> Rows[Activity]:
    """The open ones first by when they were prepared."""
    rows, order = open_first(
        visible_activities(actor).select_related("lead"), OPEN_ACTIVITY, due="made_at", ended="closed_at"
    )
    return page_of(rows, order, counted=True, **place)


def activities_to_take_part_in(actor: Actor) -> list[Activity]:
    """Open now, with this agent in it: the one begun last first."""
    if actor.user_id is None or not actor.may(P.TAKE_PART):
        return []
    rows = Activity.objects.filter(
        state=State.OPEN, participants__agent__user=actor.user_id, participants__left_at=None
    )
    return list(rows.select_related("lead").order_by("-opened_at", "pk")[:10])


def activities_to_lead(actor: Actor) -> list[tuple[Activity, int]]:
    """Open ones of this lead, each with how many questions wait in its box; the one begun first first."""
    if actor.user_id is None or not actor.may(P.LEAD_ACTIVITIES):
        return []
    rows = Activity.objects.filter(state=State.OPEN, lead=actor.user_id).order_by("opened_at", "pk")
    counted = rows.annotate(waiting=Count("box", filter=Q(box__answered_at=None)))
    return [(each, each.waiting) for each in counted[:10]]


def part_of(actor: Actor, activity: Activity) -> Participant | None:
    """This actor's place in an activity; who only leads it has none."""
    if actor.user_id is None:
        return None
    found = Participant.objects.select_related("agent")
    return found.filter(activity=activity, agent__user=actor.user_id, left_at=None).first()


def people_in(activity: Activity) -> QuerySet[Participant]:
    """Who takes part now, by name."""
    return activity.participants.filter(left_at=None).select_related("agent").order_by("agent__name", "pk")


def questions_waiting(activity: Activity) -> int:
    return BoxQuestion.objects.filter(activity=activity, answered_at=None).count()


def splits_of(activity: Activity) -> list[int]:
    """The numbers of its small groups."""
    found = activity.participants.filter(split__isnull=False).values_list("split", flat=True)
    return sorted({number for number in found if number is not None})


def smallest_split(activity: Activity) -> int:
    """The small group with the fewest people; the first where all are alike."""
    found = Counter(activity.participants.filter(left_at=None).values_list("split", flat=True))
    return min(splits_of(activity) or [1], key=lambda number: (found[number], number))


def topic_of(activity: Activity, part: Participant | None) -> str:
    """What the page of this reader listens to: its lead's, that of a small group, or that of everybody."""
    if part is None:
        return f"activity:{activity.pk}-lead"
    return f"activity:{activity.pk}-{part.split}" if part.split else f"activity:{activity.pk}"


def may_watch_activity(actor: Actor, key: str) -> bool:
    """Who may listen to an activity: who leads it and who takes part, each to their own of it."""
    number, _sep, part = key.partition("-")
    if not number.isdecimal() or len(number) > 18:
        return False
    found = visible_activities(actor).filter(pk=number)
    if part == "lead":
        return found.filter(lead=actor.user_id).exists()
    if part:
        mine = Participant.objects.filter(activity__in=found, agent__user=actor.user_id, left_at=None)
        return part.isdecimal() and len(part) < 5 and mine.filter(split=part).exists()
    return found.exists()


@dataclass(frozen=True)
class ActivityPage:
    """An activity as its lead or somebody of the group sees it."""

    activity: Activity
    leads: bool
    part: Participant | None
    people: list[Participant]
    waiting: list[BoxQuestion]  # in the box, for who leads
    answered: list[BoxQuestion]
    rounds: int
    next_stage: rules.Place | None


def activity_page(actor: Actor, activity_id: int) -> ActivityPage:
    activity = the_activity(actor, activity_id)
    box = list(visible_box_questions(actor).filter(activity=activity).order_by("pk"))
    rounds = rounds_of(activity)
    place = rules.Place(activity.stage, activity.round)
    return ActivityPage(
        activity=activity,
        leads=activity.lead_id == actor.user_id,
        part=part_of(actor, activity),
        people=list(people_in(activity)),
        waiting=[each for each in box if each.answered_at is None],
        answered=[each for each in box if each.answered_at is not None],
        rounds=rounds,
        next_stage=rules.following(activity.kind, place, rounds) if activity.state == State.OPEN else None,
    )


def activity_of_kind(actor: Actor, activity_id: int, kind: str) -> ActivityPage:
    """One of this kind that has begun; NotFound else."""
    found = activity_page(actor, activity_id)
    if found.activity.kind != kind or found.activity.opened_at is None:
        raise NotFound
    return found


def rounds_of(activity: Activity) -> int:
    """How often the stages are gone through: once, in a quiz once a question."""
    return len(activity.content.get("questions", ())) or 1


def activity_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice, to whoever still sees the activity."""
    found = visible_activities(actor).filter(pk=ref[1]).select_related("lead").first()
    if found is None:
        return None
    said = {"title": found.title, "lead": found.lead.name}
    if found.state == State.OPEN:
        return _("“%(title)s” has begun: take part on your phone.") % said
    if found.state == State.CALLED_OFF:
        return _("“%(title)s” was called off.") % said
    return _("What came of “%(title)s” can be read.") % said
