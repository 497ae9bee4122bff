"""What each skill would be worth in a published week, and ways to divide its work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from floorwalker.apps.capacity.work.case import Plain
from floorwalker.apps.capacity.work.levers import levers
from floorwalker.apps.capacity.work.model import APART, People, able, by_value, expected, over, short, week_model
from floorwalker.apps.capacity.work.steps import same_only
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.simulation import (
    AgentGroup,
    Estimate,
    Model,
    Skill,
    SkillValue,
    compare,
    lacking,
    model_to_json,
    value_of_skill,
)

AGENTS = (1, 2, 3, 4)  # people of a group taught
REPLICATIONS = 80
DRAWS, EACH = 8, 10  # who is taught is drawn by lot so many times, each with callers of its own in so many weeks
MOST_PAIRS = 12  # skills and groups looked at closely; of more, those that look best in a short first run
SHORT_AGENTS = 2
ONE_IN = 4  # of the mix: every so-manieth takes everything
LOOKING, COMPARING = 0.2, 0.1  # shares of the work before the lessons, and behind them


def study(plain: Plain, watch: Watch) -> Plain:
    """The model of the week and what was found in it; stopped, the lessons or levers that were finished.

    What was kept of a week whose roster, forecast or settings are others by now is computed anew: lines of two
    weeks do not stand beside each other.
    """
    model, people = week_model(plain, REPLICATIONS)
    watch = same_only(watch, plain)
    found = None
    if plain["purpose"] == "skills":
        found = skills(plain, model, people, watch)
    elif plain["purpose"] == "levers":
        found = levers(plain, watch, DRAWS, EACH)
    return {"of": plain["of"], "model": model_to_json(model), "found": found}


def skills(plain: Plain, model: Model, people: Mapping[str, People], watch: Watch) -> Plain:
    """Every lesson that is worth a look, one after the other, and the ways to divide the work of the week."""
    of = plain["of"]
    only = {each["id"]: each["name"] for each in plain["queues"]}.get(of["taught"])
    every = [
        (skill, group)
        for skill, group in lacking(model)
        if only in (None, skill) and skill not in people[group].has
    ]
    nobody_leaves = all(case["of"]["goals"]["patience_seconds"] is None for case in plain["queues"])
    measure = "in_time_gained" if nobody_leaves else "contacts_saved"
    kept: dict[str, Any] = watch.kept or {}
    drawn = [week_model(plain, EACH, draw)[0] for draw in range(DRAWS)]
    pairs = (
        [(skill, group) for skill, group in kept["pairs"]]
        if kept
        else _promising(drawn, every, measure, of, watch)
    )
    blocks: list[list[Plain]] = kept.get("blocks", [])
    for number, (skill, group) in enumerate(pairs):
        if number < len(blocks):
            continue
        first = LOOKING + (1 - LOOKING - COMPARING) * number / len(pairs)
        step = (1 - LOOKING - COMPARING) / len(pairs) / DRAWS
        tries: list[tuple[SkillValue, ...]] = []
        for draw, each in enumerate(drawn):
            if watch.stopped():
                break
            watch.tell(share=first + step * draw, text=f"{skill} → {group}")
            tries.append(_lesson(each, (skill, group), of, draw, AGENTS, EACH))
        if len(tries) < DRAWS:
            break
        blocks.append([_line(lines, people[group]) for lines in zip(*tries, strict=True)])
        watch.keep({"pairs": pairs, "blocks": blocks})
    whole = len(blocks) == len(pairs) and not watch.stopped()
    return {
        "lines": [line for block in blocks for line in block],
        "measure": measure,
        "by_value": by_value(model),
        "offered": expected(plain),
        "lessons": len(every),
        "looked_at": len(pairs),
        "finished": len(blocks),
        "replications": DRAWS * EACH,
        "draws": DRAWS,
        "arrangements": arrangements(model, people, of, watch) if whole else [],
        "people": {name: len(model.group(name).agents or ()) for name in people},
        "able": [[name, list(kind.has)] for name, kind in people.items() if kind.has],
    }


def _promising(
    drawn: Sequence[Model], pairs: Sequence[tuple[str, str]], measure: str, of: Plain, watch: Watch
) -> list[tuple[str, str]]:
    """All of them, or of many those that look best in a short run."""
    if len(pairs) <= MOST_PAIRS:
        return list(pairs)
    gains: dict[tuple[str, str], float] = {}
    for number, pair in enumerate(pairs):
        if watch.stopped():
            break
        watch.tell(share=LOOKING * number / len(pairs), text=f"{pair[0]} → {pair[1]}")
        line = _lesson(drawn[0], pair, of, 0, (SHORT_AGENTS,), EACH)[0]
        gains[pair] = getattr(line, measure).mean / line.lesson.agents
    return sorted(gains, key=lambda each: -gains[each])[:MOST_PAIRS]


def _lesson(
    model: Model, pair: tuple[str, str], of: Plain, draw: int, agents: Sequence[int], replications: int
) -> tuple[SkillValue, ...]:
    """One lesson by rising number of people, with those who stand first."""
    found = value_of_skill(
        model,
        agents=agents,
        lessons=[pair],
        handling_factor=1 + of["slower"],
        training_hours=of["training_hours"],
        replications=replications,
        seed=of["seed"] + APART * draw,
    )
    return found.of(*pair)


def _line(draws: Sequence[SkillValue], people: People) -> Plain:
    """One lesson and number of people over all draws, which are independent of each other."""
    lesson = draws[0].lesson
    return {
        "skill": lesson.type,
        "group": lesson.group,
        "home": people.home,
        "agents": lesson.agents,
        **{
            name: over([getattr(each, name).mean for each in draws])
            for name in ("contacts_saved", "in_time_gained", "value_gained", "hours_replaced")
        },
        "hours_at_least": sum(each.hours_at_least for each in draws) * 2 > len(draws),
        "training_hours": draws[0].training_hours,
    }


def _estimate(each: Estimate) -> list[float]:
    """Mean and both ends of its 95 % band."""
    return [short(value) for value in (each.mean, each.low, each.high)]


def arrangements(model: Model, people: Mapping[str, People], of: Plain, watch: Watch) -> list[Plain]:
    """As rostered first, then the same people as specialists, a mix, and generalists, on the same callers.

    Where somebody has a skill and is not let help, what that alone would bring: it takes no lesson.
    """
    watch.tell(share=1 - COMPARING, text="")
    slower = 1 + of["slower"]
    helping = any(len(each.skills) > 1 for each in model.groups)
    models = {"rostered" if helping else "own": model}
    if helping:
        models["specialists"] = specialists(model)
    if any(each.has for each in people.values()):
        models["able"] = able(model, people)
    models["mix"] = generalists(model, people, ONE_IN, slower)
    models["generalists"] = generalists(model, people, 1, slower)
    hours = {"mix": _lessons(model, people, ONE_IN), "generalists": _lessons(model, people, 1)}
    found = compare(models, replications=REPLICATIONS, seed=of["seed"])
    return [
        {
            "name": line.name,
            "lost": _estimate(line.lost),
            "in_time": _estimate(line.in_time),
            "value": _estimate(line.value),
            "contacts_saved": _estimate(line.contacts_saved),
            "value_gained": _estimate(line.value_gained),
            "training_hours": hours.get(line.name, 0) * of["training_hours"],
        }
        for line in found.lines
    ]


def specialists(model: Model) -> Model:
    """Everybody takes contacts of their own queue alone."""
    return replace(model, groups=tuple(replace(each, skills=each.skills[:1]) for each in model.groups))


def generalists(model: Model, people: Mapping[str, People], one_in: int, slower: float) -> Model:
    """Every so-manieth of each group takes everything, after the own; what they knew, as quickly as before."""
    groups: list[AgentGroup] = []
    for group in model.groups:
        known, has = {skill.type for skill in group.skills}, people[group.name].has
        more = tuple(
            Skill(name, 2, 1.0 if name in has else slower) for name in model.type_names if name not in known
        )
        members = group.agents or ()
        rest = tuple(each for number, each in enumerate(members) if number % one_in)
        groups.append(replace(group, agents=rest))
        everything = (*group.skills, *more)
        groups.append(
            replace(group, name=f"{group.name}: everything", skills=everything, agents=members[::one_in])
        )
    return replace(model, groups=tuple(groups))


def _lessons(model: Model, people: Mapping[str, People], one_in: int) -> int:
    """Skills there are to teach so that every so-manieth of each group takes everything."""
    return sum(
        len((group.agents or ())[::one_in]) * (len(model.types) - len(group.skills) - len(people[group.name].has))
        for group in model.groups
    )
