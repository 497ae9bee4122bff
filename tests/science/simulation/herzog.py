"""The example model of A. Herzog's Callcenter Simulator and the totals of its 100 simulated days, from its file.

What it knows and we do not is said otherwise: who is passed on comes to a type of their own with a higher base
score; after-contact work and the two seconds between contacts are part of handling; agents' shifts are cut from
their numbers as it cuts them, at most 16 half-hours long, the oldest ending first. Its waits hold the two seconds.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from math import hypot
from pathlib import Path
from xml.etree import ElementTree

from floorwalker.science.simulation import (
    Agent,
    AgentChoice,
    AgentGroup,
    ContactType,
    Exponential,
    LogNormal,
    Model,
    Never,
    Periods,
    PerPeriod,
    QueueChoice,
    Redial,
    Routing,
    Skill,
    Transfer,
)

NAMES = {"": "https://a-herzog.github.io"}
HALF_HOUR, HALF_HOURS, LONGEST_SHIFT = 1800.0, 48, 16
DELAY_SECONDS = 2.0
PASSED_ON = " passed on"


def read(path: Path) -> tuple[Model, dict[str, float]]:
    """The model, and its totals a day: calls offered, answered, abandoned, lost for good; seconds waited."""
    with gzip.open(path) as file:
        root = ElementTree.parse(file).getroot()
    told = root.find("CallCenterModel", NAMES)
    kinds = told.findall("ModelClientType", NAMES)
    first = [_kind(each) for each in kinds]
    bonus = {each.get("Name"): float(each.find("ClientsScore", NAMES).get("Forwarding")) for each in kinds}
    again = [
        replace(kind, name=kind.name + PASSED_ON, arrivals=Never(), base_score=kind.base_score + bonus[kind.name])
        for kind in first
    ]
    groups = [_group(each, told) for each in told.findall("ModelCallCenter/CallCenterAgentsGroup", NAMES)]
    routing = Routing(AgentChoice.LONGEST_IDLE, QueueChoice.SCORE)
    model = Model(Periods.of(HALF_HOUR, HALF_HOURS), (*first, *again), tuple(groups), routing)
    return model, _totals(root)


def _kind(told: ElementTree.Element) -> ContactType:
    weights = _numbers(told.find("ClientsFreshCalls/FreshCallsDistribution", NAMES).text)
    calls = float(told.find("ClientsFreshCalls/FreshCallsCount", NAMES).text)
    score, passed = told.find("ClientsScore", NAMES), told.find("ClientsForwarding", NAMES)
    shares = {each.get("Name"): float(each.text) for each in passed}
    passed_on = _percent(passed.get("Probability")) / sum(shares.values())

    def tries(which: str) -> float:
        return _percent(told.find(f"ClientsRetry/RetryProbabilityAfterCanceled{which}", NAMES).text)

    return ContactType(
        told.get("Name"),
        PerPeriod(tuple(calls * each / sum(weights) for each in weights)),
        Exponential(300.0),  # each group has its own
        patience=_lognormal(told.find("ClientsWaitingTimeToleranceDistribution", NAMES).text),
        redial=Redial(tries("FirstRetry"), Exponential(900.0), most=7, later_probability=tries("FurtherRetrys")),
        transfers=tuple(Transfer(to + PASSED_ON, passed_on * share) for to, share in shares.items() if share),
        base_score=float(score.get("Base")),
        score_per_second=float(score.get("PerWaitingSecond")),
    )


def _group(told: ElementTree.Element, model: ElementTree.Element) -> AgentGroup:
    name = told.find("AgentsGroupSkillLevel", NAMES).text
    level = next(each for each in model.findall("ModelSkillLevel", NAMES) if each.get("Name") == name)
    skills = []
    for each in level:
        talk, after = (
            _spread(each.find(f"SkillLevelClientType{part}TimeDistribution", NAMES).text)
            for part in ("Holding", "PostProcessing")
        )
        mean = talk[0] + after[0] + DELAY_SECONDS
        handling = LogNormal(mean, hypot(talk[1], after[1]) / mean)
        skills += [Skill(each.get("Name") + end, handling=handling) for end in ("", PASSED_ON)]
    counts = [int(each) for each in _numbers(told.find("AgentsGroupDistribution", NAMES).text)]
    agents = [Agent(f"{name} {number}", (span,)) for number, span in enumerate(_shifts(counts))]
    return AgentGroup(name, tuple(skills), agents=tuple(agents))


def _shifts(counts: list[int]) -> list[tuple[float, float]]:
    begun, spans = [], []
    for period, count in enumerate([*counts, 0]):
        while begun and (len(begun) > count or period - begun[0] >= LONGEST_SHIFT):
            spans.append((HALF_HOUR * begun.pop(0), HALF_HOUR * period))
        begun += [period] * (count - len(begun))
    return spans


def _totals(root: ElementTree.Element) -> dict[str, float]:
    days = float(root.find("StatisticDays", NAMES).text)
    whole = root.find("StatisticClients", NAMES)
    calls, people = (whole.find(f"Statistic{who}Count", NAMES) for who in ("Calls", "Clients"))
    found = {
        "offered": float(calls.get("Count")) / days,
        "answered": float(calls.get("Success")) / days,
        "abandoned": float(calls.get("Canceled")) / days,
        "lost for good": float(people.get("Canceled")) / days,
    }
    waited = float(whole.find("StatisticCallsWaitingTime", NAMES).get("Sum")) / days
    return {**found, "wait_seconds": waited - DELAY_SECONDS * found["answered"]}


def _numbers(text: str) -> list[float]:
    return [float(each) for each in text.split(";")]


def _percent(text: str) -> float:
    return float(text.rstrip("%")) / 100


def _spread(text: str) -> tuple[float, float]:
    mean, deviation = re.search(r"\((\d+);(\d+)\)", text).groups()
    return float(mean), float(deviation)


def _lognormal(text: str) -> LogNormal:
    mean, deviation = _spread(text)
    return LogNormal(mean, deviation / mean)
