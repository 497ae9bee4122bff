"""What a file of people would change: each row becomes new, changed, unchanged or refused, and says why.

Empty cells leave things as they are, `-` empties what can be empty. Skills and names of a file come on top of what
is there; days away are replaced by those of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from floorwalker.apps.people.rules.columns import LEVEL, NOTHING, TARGETS, level
from floorwalker.apps.people.rules.people import NotAllowed, hours_in_order

PLAIN = ("name", "engagement", "least_hours", "most_hours", "most_days", "least_rest_hours", "most_days_in_a_row")
COMPARED = (
    *PLAIN,
    "started_on",
    "available",
    "zone",
    "place",
    "days_off",
    "skills",
    "names",
    "left_on",
    "workplace",
)
Place = tuple[str, str]  # site and team


@dataclass(frozen=True)
class Known:
    """What is there now, as far as the importing person may change it."""

    today: date
    agents: Mapping[str, Mapping[str, Any]]  # by number in small letters: values by what they are
    taken: frozenset[str]  # numbers in small letters of agents out of sight
    places: Mapping[Place, Place]  # in small letters: as written
    zones: Mapping[str, str]  # of sites, in small letters
    open_sites: frozenset[str]  # sites in small letters at which a team may be founded
    may_found: bool  # sites and skills
    skills: Mapping[str, str]  # in small letters: as written
    owners: Mapping[tuple[str, str], str]  # system and name: the number of who has it, in small letters
    default_place: Place | None = None


@dataclass(frozen=True)
class RowPlan:
    """What becomes of one row."""

    line: int
    number: str
    name: str
    kind: str  # new, changed, unchanged, refused
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[tuple[str, str, str], ...] = ()  # what, before, after
    problem: NotAllowed | None = None


@dataclass(frozen=True)
class Plan:
    """What becomes of a file."""

    rows: tuple[RowPlan, ...]
    new_sites: tuple[tuple[str, str], ...]  # name and zone
    new_teams: tuple[Place, ...]
    new_skills: tuple[str, ...]

    def of(self, kind: str) -> list[RowPlan]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def fingerprint(self) -> str:
        """The same as long as the file would do the same."""
        said = [(row.line, row.kind, row.changes, row.problem and row.problem.args) for row in self.rows]
        return sha256(repr((said, self.new_sites, self.new_teams, self.new_skills)).encode()).hexdigest()[:32]


def plan_rows(rows: Iterable[tuple[int, Mapping[str, str]]], mapping: Mapping[str, str], known: Known) -> Plan:
    """Judge every row by itself; a bad one never stops the others."""
    planned: list[RowPlan] = []
    first_line: dict[str, int] = {}
    claimed: dict[tuple[str, str], int] = {}
    for line, cells in rows:
        try:
            values = read(cells, mapping)
        except NotAllowed as problem:
            planned.append(_refused(line, cells, mapping, problem))
            continue
        key = values["number"].lower()
        try:
            if key in first_line:
                raise NotAllowed("number_twice", line=first_line[key])
            first_line[key] = line
            for each in values.get("names", ()):
                if each in claimed:
                    raise NotAllowed("name_twice", system=each[0], name=each[1], line=claimed[each])
            planned.append(judged(line, values, known))
            claimed |= dict.fromkeys(values.get("names", ()), line)
        except NotAllowed as problem:
            planned.append(_refused(line, cells, mapping, problem))
    return _with_places(tuple(planned), known)


def unclear(mapping: Mapping[str, str]) -> str:
    """The first meaning that is none, or stands twice, or is missing; empty when all is clear."""
    meant = [target for target in mapping.values() if target]
    strange = (each for each in meant if each not in TARGETS and not each.startswith(f"{LEVEL}:"))
    twice = (each for each in meant if meant.count(each) > 1)
    missing = () if "number" in meant else ("number",)
    return next((each for found in (strange, twice, missing) for each in found), "")


def read(cells: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, Any]:
    """The values of a row; what is empty is left out."""
    values: dict[str, Any] = {}
    held: dict[str, int | None] = {}
    for column, target in mapping.items():
        cell = cells.get(column, "").strip()
        if not target or not cell:
            continue
        try:
            if target.startswith(f"{LEVEL}:"):
                held[target.partition(":")[2]] = level(cell)
            elif target in {"skills", "queues"}:
                held = (
                    {**TARGETS[target].read(cell), **held}
                    if target == "queues"
                    else {**held, **TARGETS[target].read(cell)}
                )
            elif cell == NOTHING and TARGETS[target].emptied is not None:
                values[target] = TARGETS[target].emptied
            else:
                values[target] = TARGETS[target].read(cell)
        except NotAllowed as problem:
            raise NotAllowed(problem.code, **problem.facts, column=column) from None
    if "number" not in values:
        raise NotAllowed("no_number")
    if held:
        values["skills"] = held
    return values


def judged(line: int, values: dict[str, Any], known: Known) -> RowPlan:
    """New, changed or unchanged; NotAllowed when it cannot be."""
    number = values["number"]
    now = known.agents.get(number.lower())
    if now is None and number.lower() in known.taken:
        raise NotAllowed("number_taken")
    values = _placed(values, now, known)
    for system, name in values.get("names", ()):
        if known.owners.get((system, name), number.lower()) != number.lower():
            raise NotAllowed("name_taken", system=system, name=name)
    _check_skills(values, known)
    before: Mapping[str, Any] = now or {}
    hours_in_order(_hours(values, before, "least_hours", "0"), _hours(values, before, "most_hours", "40"))
    if now is None:
        if "left_on" in values:
            raise NotAllowed("new_and_left")
        name = values.setdefault("name", number)
        return RowPlan(line, number, name, "new", values, _differences({}, values))
    if values.get("left_on") != now.get("left_on") and ("left_on" in values or now.get("left_on")):
        raise NotAllowed("leaving_by_file")
    changes = _differences(now, values)
    return RowPlan(line, number, str(now["name"]), "changed" if changes else "unchanged", values, changes)


def _hours(values: Mapping[str, Any], before: Mapping[str, Any], name: str, default: str) -> Decimal:
    return Decimal(values.get(name, before.get(name, default)))


def _placed(values: dict[str, Any], now: Mapping[str, Any] | None, known: Known) -> dict[str, Any]:
    """Team and site as one place, written as it is known."""
    team, site = values.pop("team", None), values.pop("site", None)
    zone = values.pop("zone", None)
    if team is None:
        place: Place | None = now["place"] if now else known.default_place
        if place is None:
            raise NotAllowed("no_team_said")
    else:
        place = _found_place(team, site, known)
    values["place"] = place
    if zone is not None:
        values["zone"] = "" if known.zones.get(place[0].lower(), zone) == zone else zone
        values["site_zone"] = zone
    if place[0].lower() not in known.zones and zone is None:
        raise NotAllowed("site_without_zone", site=place[0])
    return values


def _found_place(team: str, site: str | None, known: Known) -> Place:
    if site is not None:
        found = known.places.get((site.lower(), team.lower()))
        if found is not None:
            return found
        if site.lower() in known.open_sites or (known.may_found and site.lower() not in known.zones):
            return site, team
        raise NotAllowed("no_team_at_site", team=team, site=site)
    fitting = [place for key, place in known.places.items() if key[1] == team.lower()]
    if len(fitting) != 1:
        raise NotAllowed("several_teams" if fitting else "no_team", team=team, count=len(fitting))
    return fitting[0]


def _check_skills(values: dict[str, Any], known: Known) -> None:
    held = values.get("skills")
    if held is None:
        return
    strange = [name for name in held if name.lower() not in known.skills]
    if strange and not known.may_found:
        raise NotAllowed("no_skill", skill=strange[0])
    values["skills"] = {known.skills.get(name.lower(), name): each for name, each in held.items()}


def _differences(now: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    found = []
    for key in COMPARED:
        if key not in values:
            continue
        before, after = now.get(key), values[key]
        if key == "skills":
            held = before or {}
            after = {
                name: each for name, each in after.items() if name not in held or each not in (None, held[name])
            }
            before = {name: held[name] for name in after if name in held}
        elif key == "names":
            before, after = frozenset(), after - frozenset(before or ())
        if after != before and not (now == {} and after in ("", frozenset(), {})) and (after or before):
            found.append((key, shown(before), shown(after)))
    return tuple(found)


def shown(value: Any) -> str:
    """A value in words."""
    if value is None or value in ("", frozenset(), {}):
        return ""
    if isinstance(value, dict):
        return ", ".join(name if each is None else f"{name} {each}" for name, each in sorted(value.items()))
    if isinstance(value, frozenset):
        return ", ".join(sorted("=".join(each) if isinstance(each, tuple) else each.isoformat() for each in value))
    if isinstance(value, tuple):
        return f"{value[1]} ({value[0]})"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _refused(line: int, cells: Mapping[str, str], mapping: Mapping[str, str], problem: NotAllowed) -> RowPlan:
    said = {target: cells.get(column, "").strip() for column, target in mapping.items()}
    return RowPlan(line, said.get("number", "")[:40], said.get("name", "")[:200], "refused", problem=problem)


def _with_places(rows: Sequence[RowPlan], known: Known) -> Plan:
    """What the rows found besides agents."""
    sites: dict[str, tuple[str, str]] = {}
    teams: dict[Place, Place] = {}
    skills: dict[str, str] = {}
    for row in rows:
        if row.kind not in {"new", "changed"}:
            continue
        site, team = row.values["place"]
        if site.lower() not in known.zones:
            sites.setdefault(site.lower(), (site, row.values["site_zone"]))
        if (site.lower(), team.lower()) not in known.places:
            teams.setdefault((site.lower(), team.lower()), (site, team))
        for name in row.values.get("skills", ()):
            if name.lower() not in known.skills:
                skills.setdefault(name.lower(), name)
    return Plan(tuple(rows), tuple(sites.values()), tuple(teams.values()), tuple(skills.values()))
