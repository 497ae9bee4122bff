"""What agents can do, how well, and what proves it."""

from __future__ import annotations

from datetime import date, datetime

from floorwalker.apps.people import queries, rules
from floorwalker.apps.people.models import AgentSkill
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.apps.people.services.agents import locked, translated
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor
from floorwalker.kernel.scoping import pick


def set_skill(
    *,
    agent_id: int,
    skill_id: int,
    level: int | None,
    by: Actor,
    at: datetime,
    proof: str = "",
    proven_on: date | None = None,
) -> AgentSkill:
    """A skill at a level; without one it is held and not judged yet."""
    with translated():
        agent = locked(by, agent_id, None, P.KEEP_SKILLS)
        skill = queries.the_skill(by, skill_id)
        if level is not None and level not in rules.LEVELS:
            raise rules.NotAllowed("no_level")
        if proof and proven_on is None:
            raise rules.NotAllowed("proof_without_day")
        if proven_on is not None and proven_on > queries.today_of(agent, at):
            raise rules.NotAllowed("proof_to_come")
        before = AgentSkill.objects.filter(agent=agent, skill=skill).values_list("level", flat=True).first()
        row, _ = AgentSkill.objects.update_or_create(
            agent=agent, skill=skill, defaults={"level": level, "proof": proof.strip(), "proven_on": proven_on}
        )
        audit.record(
            by=by,
            verb="people.set_skill",
            about=("people.agent", agent.pk),
            facts={"skill": skill.name, "level": [before, level], "proof": proof},
            person=agent.user_id,
            at=at,
        )
    return row


def drop_skill(*, agent_id: int, skill_id: int, by: Actor, at: datetime) -> None:
    """A skill that is not held any more."""
    with translated():
        agent = locked(by, agent_id, None, P.KEEP_SKILLS)
        skill = queries.the_skill(by, skill_id)
        row = pick(AgentSkill.objects.filter(agent=agent, skill=skill), _id_of(agent.pk, skill.pk))
        facts = {"skill": skill.name, "level": [row.level, None]}
        row.delete()
        audit.record(
            by=by,
            verb="people.drop_skill",
            about=("people.agent", agent.pk),
            facts=facts,
            person=agent.user_id,
            at=at,
        )


def _id_of(agent_id: int, skill_id: int) -> int | None:
    return AgentSkill.objects.filter(agent_id=agent_id, skill_id=skill_id).values_list("pk", flat=True).first()
