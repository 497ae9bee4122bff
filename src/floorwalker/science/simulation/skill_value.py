"""What it is worth to teach a skill: contacts saved, value gained and hours replaced, all on the same contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Progress, Stop
from floorwalker.science.simulation.intervals import Estimate
from floorwalker.science.simulation.model import Model, QueueChoice
from floorwalker.science.simulation.paired import Totals, gained, totals_of
from floorwalker.science.simulation.taught import Lesson, hours_at_work, size_of, taught, with_specialists

if TYPE_CHECKING:
    import pandas as pd

FIGURES = (
    "contacts_saved",
    "in_time_gained",
    "value_gained",
    "hours_replaced",
    "contacts_per_training_hour",
    "value_per_training_hour",
)
TRAINING_HOURS = 40.0  # to teach one agent one skill, where nothing else is said


@dataclass(frozen=True)
class SkillValue:
    """One line: this skill taught to so many agents of this group, against the centre as it is.

    Over the time of the model. ``hours_replaced`` are hours of agents who have only this skill, at work when the
    taught ones are, that save the same contacts; ``hours_at_least`` says that even the most tried saved fewer.
    """

    lesson: Lesson
    contacts_saved: Estimate
    in_time_gained: Estimate
    value_gained: Estimate
    hours_replaced: Estimate
    hours_at_least: bool
    training_hours: float

    @property
    def contacts_per_training_hour(self) -> Estimate:
        """Contacts saved over the time of the model by one hour of training."""
        return self.contacts_saved.over(self.training_hours)

    @property
    def value_per_training_hour(self) -> Estimate:
        """Value gained over the time of the model by one hour of training."""
        return self.value_gained.over(self.training_hours)

    def to_dict(self) -> dict[str, float | int | str | bool]:
        """Plain values."""
        found: dict[str, float | int | str | bool] = {
            "skill": self.lesson.type,
            "group": self.lesson.group,
            "agents": self.lesson.agents,
        }
        for name in FIGURES:
            estimate: Estimate = getattr(self, name)
            found |= {name: estimate.mean, f"{name}_half_width": estimate.half_width}
        return found | {"hours_at_least": self.hours_at_least, "training_hours": self.training_hours}


@dataclass(frozen=True)
class SkillValues:
    """Every lesson tried, the best per training hour first: by value where contacts have one, else by contacts.

    ``own_first``: whether the routing of the centre lets taught agents take the new type only when none of the own
    waits; it does where waiting contacts are chosen by priority.
    """

    lines: tuple[SkillValue, ...]
    lost: Estimate
    by_value: bool
    own_first: bool
    replications: int
    seed: int

    def of(self, skill: str, group: str) -> tuple[SkillValue, ...]:
        """One lesson by rising number of agents: how its return diminishes."""
        found = [line for line in self.lines if (line.lesson.type, line.lesson.group) == (skill, group)]
        return tuple(sorted(found, key=lambda line: line.lesson.agents))

    def to_frame(self) -> pd.DataFrame:
        """One row a line, as ranked."""
        import pandas as pd

        return pd.DataFrame([line.to_dict() for line in self.lines])

    def to_dict(self) -> dict[str, object]:
        """Plain values."""
        return {
            "ranked_by": "value_per_training_hour" if self.by_value else "contacts_per_training_hour",
            "own_first": self.own_first,
            "lost_now": self.lost.mean,
            "lost_now_half_width": self.lost.half_width,
            "replications": self.replications,
            "seed": self.seed,
            "lines": [line.to_dict() for line in self.lines],
        }


def value_of_skill(
    model: Model,
    *,
    agents: Sequence[int] = (1, 2, 4),
    lessons: Sequence[tuple[str, str]] | None = None,
    handling_factor: float = 1.0,
    value_factor: float = 1.0,
    training_hours: float | Mapping[Any, float] = TRAINING_HOURS,
    replications: int = 40,
    seed: int = 0,
    workers: int | None = None,
    stop: Stop | None = None,
) -> SkillValues:
    """What each skill is worth to each group that lacks it, for 1, 2, 4 … of its agents or all it has.

    ``lessons`` are pairs of type and group (left out: every skill each group lacks). The routing stays
    as it is: the new type has the last priority of a taught agent, so where waiting contacts are chosen by
    priority it is taken when none of the own waits, and elsewhere as the routing chooses, by default the first
    come. It takes ``handling_factor`` times its handling and is worth ``value_factor`` times its value.

    ``training_hours`` an agent: for all skills, by type, or by type and group, which goes before the type; a group
    that knows what is next to a skill learns it sooner. Every change is run
    on the same contacts as the centre as it is, so the bands are those of differences. With ``stop`` the lines
    finished are returned.
    """
    from joblib import Parallel, delayed

    from floorwalker.science.simulation.experiment import tell_loading
    from floorwalker.science.simulation.replaced import Replaced

    if not agents or min(agents) < 1:
        raise InvalidInput(f"agents are {list(agents)}; give numbers of agents to teach, 1 or more")
    if replications < 2:
        raise InvalidInput(f"replications is {replications}; a band needs 2 or more")
    clock = (stop or Stop()).clock()
    wanted = [
        Lesson(name, group, count)
        for name, group in (lessons if lessons is not None else lacking(model))
        for count in _counts(model, group, agents)
    ]
    hours = {(each.type, each.group): _training(training_hours, each.type, each.group) for each in wanted}
    for each in training_hours if isinstance(training_hours, Mapping) else ():
        model.type(each if isinstance(each, str) else each[0])
        model.group(model.group_names[0] if isinstance(each, str) else each[1])
    skill = {"handling_factor": handling_factor, "value_factor": value_factor}
    changed = [taught(model, lesson, **skill) for lesson in wanted]
    tell_loading(clock)
    now = totals_of(model, replications, seed)
    # Yardsticks: specialists of each skill, at work whenever the group is.
    models = [*changed, *(with_specialists(model, each.type, each.group, each.agents) for each in wanted)]
    runs = Parallel(n_jobs=-1 if workers is None else workers, prefer="threads", return_as="generator")(
        delayed(totals_of)(each, replications, seed) for each in models if not clock.over()
    )
    found: list[Totals] = []
    for run in runs:
        found.append(run)
        clock.stop.told(Progress(None, None, clock.seconds, f"{len(found)} of {len(models)} runs"))
    extra = list(zip(wanted, found[len(wanted) :], strict=False))
    lines = []
    for lesson, run in zip(wanted, found, strict=False):
        yard = Replaced(
            hours_at_work(model, lesson.group),
            tuple(
                (other.agents, each.reached - now.reached)
                for other, each in extra
                if (other.type, other.group) == (lesson.type, lesson.group)
            ),
        )
        saved = gained(now, run, "reached")
        lines.append(
            SkillValue(
                lesson,
                saved,
                gained(now, run, "in_time"),
                gained(now, run, "value"),
                yard.hours(run.reached - now.reached),
                yard.beyond(saved.mean),
                hours[lesson.type, lesson.group] * lesson.agents,
            )
        )
    by_value = any(kind.worth_known for kind in model.types)
    rank = "value_per_training_hour" if by_value else "contacts_per_training_hour"
    lines.sort(key=lambda line: -getattr(line, rank).mean)
    own_first = model.routing.queues is QueueChoice.PRIORITY
    return SkillValues(tuple(lines), now.lost, by_value, own_first, replications, seed)


def lacking(model: Model) -> Iterator[tuple[str, str]]:
    """Every pair of a type and a group that does not take it and has somebody to teach."""
    for group in filter(size_of, model.groups):
        has = {skill.type for skill in group.skills}
        for name in model.type_names:
            if name not in has:
                yield name, group.name


def _counts(model: Model, group: str, agents: Sequence[int]) -> list[int]:
    """The numbers to teach: none larger than the group, so that nobody is billed who is not there."""
    size = max(size_of(model.group(group)), 1)
    return sorted({min(count, size) for count in agents})


def _training(given: float | Mapping[Any, float], name: str, group: str) -> float:
    known: Mapping[Any, float] = given if isinstance(given, Mapping) else {name: given}
    hours = known.get((name, group), known.get(name, TRAINING_HOURS))
    if not 0 < hours < float("inf"):
        raise InvalidInput(f"training_hours for {name!r} to {group!r} are {hours:g}; give a number above 0")
    return float(hours)
