"""Models changed by teaching or hiring: some agents of a group with one skill more, or specialists beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.agents import AgentGroup, Skill
from floorwalker.science.simulation.model import Model
from floorwalker.science.simulation.steady_state import agents_in


@dataclass(frozen=True)
class Lesson:
    """Skill ``type`` taught to ``agents`` of ``group``."""

    type: str
    group: str
    agents: int


def taught(model: Model, lesson: Lesson, *, handling_factor: float = 1.0, value_factor: float = 1.0) -> Model:
    """``model`` with so many agents of the group able to take one type more, at their last priority.

    Of counted agents so many in each period in which they are there; of named ones every so-manieth of the list.
    Where there are fewer, all of them.
    """
    model.type(lesson.type)
    group = model.group(lesson.group)
    if any(skill.type == lesson.type for skill in group.skills):
        raise InvalidInput(f"{lesson.group!r} already takes {lesson.type!r}; teach it what it lacks")
    if lesson.agents < 1:
        raise InvalidInput(f"{lesson.agents} agents taught are none; give 1 or more")
    size = size_of(group)
    if not size:
        raise InvalidInput(f"nobody works in {lesson.group!r}; there is nobody to teach")
    last = max((skill.priority for skill in group.skills), default=0)
    new = Skill(lesson.type, last + 1, handling_factor, value_factor=value_factor)
    able = replace(group, name=f"{group.name} + {lesson.type}", skills=(*group.skills, new))
    if group.staff is not None:
        moved = tuple(min(lesson.agents, count) for count in group.staff)
        able = replace(able, staff=moved)
        left = replace(group, staff=tuple(count - less for count, less in zip(group.staff, moved, strict=True)))
    else:
        people = group.agents or ()
        count = min(lesson.agents, size)
        chosen = {number * size // count for number in range(count)}
        able = replace(able, agents=tuple(each for n, each in enumerate(people) if n in chosen))
        left = replace(group, agents=tuple(each for n, each in enumerate(people) if n not in chosen))
    groups = [part for each in model.groups for part in ((left, able) if each is group else (each,))]
    return replace(model, groups=tuple(groups))


def size_of(group: AgentGroup) -> int:
    """Agents there are to teach: those named, or the most there at once."""
    return len(group.agents or ()) if group.staff is None else max(group.staff, default=0)


def with_specialists(model: Model, skill: str, group: str, agents: int) -> Model:
    """``model`` with ``agents`` more who take only ``skill``, at work in every period in which ``group`` is."""
    there = tuple(agents if count else 0 for count in _present(model, group))
    like = [taken for each in model.groups for taken in each.skills if taken.type == skill]
    first = min((taken.priority for taken in like), default=1)
    beside = AgentGroup(f"{skill} only, beside {group}", (Skill(skill, first),), staff=there)
    return replace(model, groups=(*model.groups, beside))


def hours_at_work(model: Model, group: str) -> float:
    """Hours in which anybody of a group is there: what one agent more beside it would work."""
    seconds = model.periods.lengths_seconds
    return sum(length for length, there in zip(seconds, _present(model, group), strict=True) if there) / 3600


def _present(model: Model, group: str) -> list[bool]:
    """Periods in which at least half an agent of a group is at work."""
    found = model.group(group)
    return [agents_in(model, found, period) >= 0.5 for period in range(len(model.periods))]
