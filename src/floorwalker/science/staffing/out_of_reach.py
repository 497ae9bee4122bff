"""Why a type cannot meet its target with any staff allowed, in sentences, and what would change that."""

from __future__ import annotations

from collections.abc import Mapping

from floorwalker.science.simulation import ContactType
from floorwalker.science.staffing.pooled import Work
from floorwalker.science.staffing.skill_search import Verdict


def nobody_for(work: Work) -> tuple[str, ...]:
    """Types that come and that no group takes."""
    taken = {skill.type for group in work.model.groups for skill in group.skills}
    return tuple(
        f"{name!r}: no group has the skill"
        for name in work.model.type_names
        if work.rates[name] > 0 and name not in taken
    )


def out_of_reach(
    work: Work, verdict: Verdict, agents: Mapping[str, int], most: Mapping[str, int], tolerance: float
) -> tuple[str, ...]:
    """One sentence a type that misses its target with ``agents``, more than enough wherever no limit is set."""
    return tuple(
        f"{kind.name!r} reaches {100 * (slack + kind.target.share):.1f} % of {kind.target}: "
        f"{_why(work, kind, agents, most)}"
        for kind, slack in zip(work.aimed, verdict.slack, strict=True)
        if slack < -tolerance / 2
    )


def repair(work: Work, verdict: Verdict, most: Mapping[str, int], tolerance: float) -> str:
    """The nearest change that would help."""
    missing = [kind for kind, slack in zip(work.aimed, verdict.slack, strict=True) if slack < -tolerance / 2]
    tight = sorted({name for kind in missing for name in _takers(work, kind) if name in most})
    if tight:
        return f"allow more agents in {_listed(tight)}, or teach the skill to another group"
    late = sorted({name for kind in missing for name in _late(work, kind)})
    if late:
        return f"let {_listed(late)} take them sooner (after_seconds)"
    return "aim lower, or let somebody else take these contacts"


def _why(work: Work, kind: ContactType, agents: Mapping[str, int], most: Mapping[str, int]) -> str:
    takers = _takers(work, kind)
    tight = [name for name in takers if name in most]
    if tight:
        limits = ", ".join(f"{name!r} to {most[name]}" for name in tight)
        return f"of the groups that take it the limit holds {limits} agents"
    if len(_late(work, kind)) == len(takers):
        return f"every group takes it only from those who have waited longer than {kind.target.seconds:g} s"
    return f"even with {sum(agents[name] for name in takers)} agents in {_listed(takers)}"


def _takers(work: Work, kind: ContactType) -> list[str]:
    return [group.name for group in work.model.groups if any(skill.type == kind.name for skill in group.skills)]


def _late(work: Work, kind: ContactType) -> list[str]:
    return [
        group.name
        for group in work.model.groups
        for skill in group.skills
        if skill.type == kind.name and skill.after_seconds > kind.target.seconds
    ]


def _listed(names: list[str]) -> str:
    return " and ".join(repr(name) for name in names)
