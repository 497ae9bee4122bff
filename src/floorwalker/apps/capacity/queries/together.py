"""Skills that go together: of those rostered who hold one, how many hold another too. Counts, nobody by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.apps.capacity.rostered import holders
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Skill
from floorwalker.kernel.look import number_words, percent_words

SHOWN = 8
DAYS = 7
Held = Sequence[frozenset[int]]


@dataclass(frozen=True)
class Pair:
    """Of the holders of a skill those who hold another too, and of all others those who do."""

    skill: int
    other: int
    holders: int
    both: int
    others: int
    others_both: int

    @property
    def share(self) -> float:
        return self.both / self.holders

    @property
    def apart(self) -> float:
        """By how much more of the holders have it than of those without the skill."""
        return self.share - self.others_both / self.others


def pairs(held: Held) -> list[Pair]:
    """What holders have more often than those without, the clearest first; told from ten of each on."""
    known = sorted({skill for each in held for skill in each})
    found = []
    for skill, other in permutations(known, 2):
        own = [each for each in held if skill in each]
        rest = [each for each in held if skill not in each]
        if min(len(own), len(rest)) < rules.FEWEST_HOLDERS:
            continue
        both, others_both = (sum(other in each for each in group) for group in (own, rest))
        pair = Pair(skill, other, len(own), both, len(rest), others_both)
        if pair.apart > 0:
            found.append(pair)
    return sorted(found, key=lambda each: (-round(each.apart, 9), each.skill, each.other))


def skills_together(queues: Sequence[Queue], names: Mapping[int, str], week: date) -> dict[str, Any]:
    """The pairs; and of those of each queue who lack the skill of another, how many hold what is near to it."""
    people = holders([queue.pk for queue in queues], week, DAYS)
    found = pairs([held for _queues, held in people])
    called = dict(Skill.objects.filter(pk__in={pair.other for pair in found} | {pair.skill for pair in found})
                  .values_list("pk", "name"))  # fmt: skip
    near = []
    for taught, home in permutations(queues, 2):
        lack = [held for at, held in people if home.pk in at and taught.skill_id not in held]
        close = [
            (pair, sum(pair.other in each for each in lack)) for pair in found if pair.skill == taught.skill_id
        ]
        best = max(close, key=lambda each: each[0].apart * each[1], default=None)
        if best and best[1] and len(lack) >= rules.FEWEST_HOLDERS:
            pair, have = best
            told = [called[pair.skill], called[pair.other], pair.both, pair.holders, have, len(lack)]
            near.append([names[taught.pk], names[home.pk], *told])
    rows = [
        [called[each.skill], called[each.other], each.holders, each.both, each.others, each.others_both]
        for each in found[:SHOWN]
    ]
    return {"pairs": rows, "near": near}


@dataclass(frozen=True)
class Together:
    """One row of the table, in words."""

    skill: str
    other: str
    holders: str
    others: str


def together_of(study: WeekStudy) -> list[Together]:
    return [
        Together(skill, other, _of(both, holders_), _of(others_both, others))
        for skill, other, holders_, both, others, others_both in _kept(study, "pairs")
    ]


def near_of(study: WeekStudy) -> dict[tuple[str, str], str]:
    """By the queue taught and the queue of those who would learn it: what they hold already that goes with it."""
    words = _("%(both)s of %(holders)s with %(skill)s also hold %(other)s; of those of %(home)s without it %(have)s of %(lack)s")  # noqa: E501  # fmt: skip
    names = ("skill", "other", "both", "holders", "have", "lack")
    return {
        (taught, home): words % {"home": home, **dict(zip(names, told, strict=True))}
        for taught, home, *told in _kept(study, "near")
    }


def _of(some: int, all_: int) -> str:
    share = percent_words(some / all_)
    return _("%(n)s of %(all)s (%(share)s)") % {"n": number_words(some), "all": number_words(all_), "share": share}


def _kept(study: WeekStudy, name: str) -> Iterable[Any]:
    return (study.made_of.get("skills") or {}).get(name, ())
