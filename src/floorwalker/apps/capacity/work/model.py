"""A published week as a model, its people alike in queues and skills together; and means with their bands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import fmean, stdev

from floorwalker.apps.capacity.work.case import Case, Plain
from floorwalker.apps.capacity.work.roster import Crew
from floorwalker.science.rostering import OnPhones
from floorwalker.science.simulation import AgentGroup, Model, Skill

APART = 1_000_003  # between the seeds of two draws
STUDENT = 2.365  # of a 95 % band of eight independent draws
LUCK = 0.5  # a fraction of people there is rounded to the nearest


@dataclass(frozen=True)
class People:
    """Those of a group: of which queue, which others they help, and whose skill they have without helping."""

    home: str
    helps: tuple[str, ...] = ()
    has: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        more = [
            f"{word} {', '.join(queues)}"
            for word, queues in (("helping", self.helps), ("able in", self.has))
            if queues
        ]
        return f"{self.home} ({'; '.join(more)})" if more else self.home


def week_model(plain: Plain, paths: int, draw: int = 0) -> tuple[Model, dict[str, People]]:
    """The queues with everybody rostered: groups of people alike in queues and skills, and who they are.

    ``paths``: weeks of callers drawn from the forecasts. People stand in an order by lot, and the first of a group
    are those taught; with the number of a ``draw`` it is another order, and callers are others.
    """
    cases = tuple(Case.of(each) for each in plain["queues"])
    names = {each["id"]: each["name"] for each in plain["queues"]}
    everybody: list[OnPhones] = []
    alike: dict[str, People] = {}
    for queue in plain["queues"]:
        for number, each in enumerate(queue["people"]):
            person = f"{queue['id']}/{number}"
            helps, has = (tuple(names[pk] for pk in each[which]) for which in ("helps", "has"))
            spans = tuple((start, end) for start, end in each["spans"])
            everybody.append(OnPhones(person, queue["name"], spans, frozenset(helps)))
            alike[person] = People(queue["name"], helps, has)
    seed = plain["of"]["seed"] + APART * draw
    Random(seed).shuffle(everybody)  # of those who come at the same moment the first are away: nobody's fault
    model = Crew(cases, tuple(everybody), ()).model(LUCK, paths=paths, seed=seed)
    groups: list[AgentGroup] = []
    known: dict[str, People] = {}
    for group in model.groups:
        members = list(group.agents or ())
        Random(f"{seed} {group.name}").shuffle(members)
        for kind in dict.fromkeys([alike[each.name] for each in members]) or [People(group.name)]:
            known[kind.name] = kind
            same = tuple(each for each in members if alike[each.name] == kind)
            groups.append(replace(group, name=kind.name, agents=same))
    return replace(model, groups=tuple(groups)), known


def able(model: Model, people: Mapping[str, People], into: Collection[str] | None = None) -> Model:
    """Whoever has the skill of another queue takes its contacts, after the own; only ``into`` these queues."""

    def also(group: str) -> list[Skill]:
        return [Skill(name, 2) for name in people[group].has if into is None or name in into]

    return replace(
        model, groups=tuple(replace(each, skills=(*each.skills, *also(each.name))) for each in model.groups)
    )


def by_value(model: Model) -> bool:
    """Whether somebody has said what a contact is worth."""
    return any(kind.worth_known for kind in model.types)


def expected(plain: Plain) -> float:
    """Callers the forecasts expect in the week."""
    return float(sum(sum(day["contacts"]) for queue in plain["queues"] for day in queue["days"]))


def over(means: Sequence[float]) -> list[float]:
    """Mean and both ends of its 95 % band: who is taught and who calls are both left to chance in it."""
    mean, half = fmean(means), STUDENT * stdev(means) / len(means) ** 0.5
    return [short(each) for each in (mean, mean - half, mean + half)]


def short(value: float) -> float:
    return float(f"{value:.6g}")
