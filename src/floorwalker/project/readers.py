"""What a lower room asks of a higher one: who reads notices and when they are quiet, and who is rostered."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.capacity.rostered import rostered_by
from floorwalker.apps.coaching import queries as coaching
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.judged_by import FormInForce, forms_by
from floorwalker.apps.hub.queues import Answered, queues_by
from floorwalker.apps.offphone.planned import planned_by
from floorwalker.apps.offphone.published import rosters_by
from floorwalker.apps.people import queries as people
from floorwalker.apps.quality import queries as quality
from floorwalker.apps.recognition import queries as recognition
from floorwalker.apps.recognition.corrected import feedback_by as tones_by
from floorwalker.apps.schedules import queries as schedules
from floorwalker.kernel import notices
from floorwalker.kernel.access import Actor
from floorwalker.kernel.picking import Choices
from floorwalker.project import rooms


def reader(user_id: int) -> notices.Reader | None:
    """A user who may sign in; programs and the shut out read nothing."""
    user = User.objects.filter(pk=user_id, is_active=True, service_account=False).first()
    if user is None:
        return None
    return notices.Reader(actor_of(user), user.email, user.name, user.zone, user.language)


def thanks_due(actor: Actor, at: datetime) -> dict[int, coaching.ThanksDue]:
    """Who is worth a thanks, for the floor; all of them, for the floor chooses."""
    found = recognition.suggestions(actor, at, most=500)
    return {each.agent.pk: coaching.ThanksDue(each.why, each.url) for each in found}


def queues_offered(actor: Actor) -> Choices:
    """The queues an announcement may go to."""
    rows = demand.visible_queues(actor).filter(archived=False).order_by("name", "pk")
    return Choices(rows, ("name", "client__name"), "{}, {}".format)


def queue_answered(actor: Actor, queue_id: int) -> Answered:
    queue = demand.the_queue(actor, queue_id)
    return Answered(queue.name, queue.site_id, queue.skill_id)


def forms_in_force() -> list[FormInForce]:
    return [FormInForce(each.pk, each.name, each.client_id) for each in quality.forms_in_force()]


def register() -> None:
    notices.read_by(reader)
    notices.quiet_by(schedules.paid_from, schedules.paid_from_many)
    rostered_by(
        schedules.rostered_counts,
        schedules.rostered_stretches,
        schedules.rostered_version,
        schedules.rostered_skills,
        schedules.rostered_members,
        schedules.rostered_holders,
    )
    rosters_by(schedules.still_current)
    planned_by(schedules.planned_day)
    coaching.thanks_due_by(thanks_due)
    tones_by(coaching.feedback_by_team)
    forms_by(forms_in_force)
    quality.feedback_by(coaching.url_to_give)
    queues_by(queues_offered, queue_answered)
    people.beside_by(rooms.more_about)
    people.beside_by(recognition.beside_agent)
