"""Round tables and pitches for the tests: a group with its lead, begun, and led from stage to stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.learning import services
from floorwalker.apps.learning.models import Activity, Pitch, Tip
from floorwalker.apps.people.models import Agent
from tests.people import NOW, STARTED, Cast, Person

PITCH = {"product": "Fibre", "words": "It never drops."}
CUSTOMER = {"would_buy": 2, "why": "You did not ask what I need.", "objection": "Too dear"}
OWNER = {"change": "Ask first", "anew": "How many of you are online at night?", "would_buy_anew": 4}
STEPS: dict[str, dict[str, Any]] = {"pitch": PITCH, "customer": CUSTOMER, "owner": OWNER}


def colleagues(cast: Cast, number: int) -> list[Person]:
    """More people of North One, who can sign in."""
    found = []
    for n in range(number):
        user = User.objects.create(email=f"table{n}@example.org", name=f"Table {n}", password="!")
        RoleHeld.objects.create(user=user, role="agent", scope="own", given_at=NOW, given_by="x")
        agent = Agent.objects.create(
            user=user, name=user.name, number=f"T{n:03}", team=cast.world.north_one, started_on=STARTED
        )
        found.append(Person(f"table{n}", user, agent))
    return found


def begun(cast: Cast, kind: str, people: Sequence[Person] = (), *, once: str = "test:1") -> Activity:
    """Led by the supervisor, with the agent and the colleague unless others are named."""
    group = people or (cast.agent, cast.colleague)
    made = services.prepare_activity(
        kind=kind,
        title="What works",
        prompt="What do you say first?",
        exercise_id=None,
        agent_ids=[each.agent.pk for each in group if each.agent],
        once=once,
        by=cast.supervisor.actor,
        at=NOW,
    )
    lead = {"by": cast.supervisor.actor, "at": NOW}
    return services.open_activity(activity_id=made.pk, version=made.version, **lead)


def led_on(cast: Cast, activity: Activity, times: int = 1) -> Activity:
    for _n in range(times):
        activity.refresh_from_db()
        lead = {"by": cast.supervisor.actor, "at": NOW}
        activity = services.move_on(activity_id=activity.pk, version=activity.version, **lead)
    return activity


def closed(cast: Cast, activity: Activity) -> Activity:
    activity.refresh_from_db()
    lead = {"by": cast.supervisor.actor, "at": NOW}
    return services.close_activity(activity_id=activity.pk, version=activity.version, **lead)


def said(activity: Activity, person: Person, text: str = "I say their name", **more: Any) -> Tip:
    return services.write_tip(activity_id=activity.pk, text=text, by=person.actor, at=NOW, **more)


def step(activity: Activity, person: Person, name: str, **more: Any) -> Pitch:
    answers = {**STEPS[name], **more}
    return services.write_pitch_step(activity_id=activity.pk, step=name, answers=answers, by=person.actor, at=NOW)


def shown(activity: Activity, person: Person, how: str) -> Pitch:
    return services.show_pitch(activity_id=activity.pk, how=how, by=person.actor, at=NOW)


def main(browser: Any, address: str) -> str:
    """What the middle of a page says."""
    page: str = browser.get(address).content.decode()
    return page.split("<main")[1].split("</main")[0]
