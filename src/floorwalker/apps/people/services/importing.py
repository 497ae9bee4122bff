"""Files of people: taken in, looked at, applied whole or in part, or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ExclusionViolation, UniqueViolation

from floorwalker.apps.people import queries, rules
from floorwalker.apps.people.events import AgentAdded, AgentMoved
from floorwalker.apps.people.models import (
    Agent,
    AgentDayOff,
    AgentName,
    AgentSkill,
    PeopleImport,
    Site,
    Skill,
    Team,
    TeamMembership,
)
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.apps.people.services.agents import keep, translated
from floorwalker.apps.people.services.names import write_name
from floorwalker.kernel import audit, events
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.tables import Table

MOST_ROWS = 20_000
KEPT_DAYS = 7
PLAIN = (
    "name",
    "engagement",
    "workplace",
    "least_hours",
    "most_hours",
    "most_days",
    "least_rest_hours",
    "most_days_in_a_row",
    "started_on",
    "available",
    "zone",
)


class TooManyPeople(Refused):
    code = "people_too_many_rows"
    text = _("The file has more than {most} rows. Split it and import the parts.")


class ImportChanged(Refused):
    """What the file would do is not what was shown."""

    code = "people_import_changed"
    status = 409
    text = _("The people changed since you looked. Nothing was applied; look again at what would change.")


class ColumnsUnclear(Refused):
    """What the columns are said to mean cannot be."""

    code = "people_import_columns_unclear"
    text = _("Name each meaning once, of those there are, and the column that holds the number. {hint}")


class AlreadyApplied(Refused):
    code = "people_import_applied"
    status = 409
    text = _("This file is applied already. Upload it again to compare it anew.")


def take_file(
    *, table: Table, file_name: str, default_team_id: int | None, by: Actor, at: datetime
) -> PeopleImport:
    """Keep a table that was read, with a guess of what its columns mean. Files nobody applied go after a week."""
    require(by, P.IMPORT_AGENTS)
    if len(table.rows) > MOST_ROWS:
        raise TooManyPeople(most=f"{MOST_ROWS:,}")
    named = [name for name in table.columns if name]
    with transaction.atomic():
        queries.visible_imports(by).filter(
            uploaded_at__lt=at - timedelta(days=KEPT_DAYS), applied_at=None
        ).delete()
        return PeopleImport.objects.create(
            user_id=by.user_id,
            file_name=file_name,
            uploaded_at=at,
            columns=named,
            rows=[[line, [cells[name] for name in named]] for line, cells in table.records()],
            misfits=[misfit.line for misfit in table.misfits],
            mapping=rules.guess(named),
            default_team=queries.the_team(by, default_team_id, P.KEEP_AGENTS) if default_team_id else None,
        )


def map_columns(*, import_id: int, mapping: Mapping[str, str], by: Actor) -> PeopleImport:
    """Say what the columns mean, where the guess was wrong."""
    with transaction.atomic():
        found = _open(by, import_id)
        if hint := rules.unclear(mapping):
            raise ColumnsUnclear(hint=hint)
        found.mapping = {column: mapping.get(column, "") for column in found.columns}
        found.save(update_fields=["mapping"])
    return found


def drop_import(*, import_id: int, by: Actor) -> None:
    """Forget the file; nothing else changes."""
    require(by, P.IMPORT_AGENTS)
    queries.the_import(by, import_id).delete()


def apply_import(
    *, import_id: int, fingerprint: str, lines: Sequence[int] | None, by: Actor, at: datetime
) -> PeopleImport:
    """Do what the preview showed, for all rows or those of these lines, in one transaction."""
    with translated():
        found = _open(by, import_id)
        kept = queries.visible_agents(by, P.KEEP_AGENTS).order_by("pk")  # always so, or two wait for each other
        list(kept.select_for_update(of=("self",)).values_list("pk"))
        plan = queries.plan_of(by, found, by.today(at))
        if plan.fingerprint != fingerprint:
            raise ImportChanged
        chosen = [
            row
            for row in plan.rows
            if row.kind in {"new", "changed"} and (lines is None or row.line in set(lines))
        ]
        try:
            with transaction.atomic():
                _Writer(by, at, found).write(chosen)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation | ExclusionViolation):
                raise
            raise ImportChanged from error  # somebody added the same person, place or skill meanwhile
        counts = {kind: len(plan.of(kind)) for kind in ("new", "changed", "unchanged", "refused")}
        found.outcome = counts | {"applied": len(chosen)}
        found.applied_at, found.rows = at, []
        found.save(update_fields=["outcome", "applied_at", "rows"])
        audit.record(
            by=by,
            verb="people.import",
            about=("people.import", found.pk),
            facts={"file": found.file_name, **found.outcome},
            at=at,
        )
    return found


def _open(by: Actor, import_id: int) -> PeopleImport:
    """One's own import for writing, if it is not applied yet."""
    require(by, P.IMPORT_AGENTS)
    queries.the_import(by, import_id)
    found = PeopleImport.objects.select_for_update().get(pk=import_id)
    if found.applied_at is not None:
        raise AlreadyApplied
    return found


class _Writer:
    """Writes planned rows; places and skills they found are made once."""

    def __init__(self, by: Actor, at: datetime, found: PeopleImport) -> None:
        self.by, self.at, self.found = by, at, found
        self.sites = {each.name.lower(): each for each in Site.objects.all()}
        teams = Team.objects.select_related("site")
        self.teams = {(each.site.name.lower(), each.name.lower()): each for each in teams}
        self.skills = {each.name.lower(): each for each in Skill.objects.all()}

    def write(self, rows: Sequence[rules.RowPlan]) -> None:
        agents = (
            queries.visible_agents(self.by, P.KEEP_AGENTS)
            .select_related("team__site")
            .annotate(key=Lower("number"))
        )
        now = {each.number.lower(): each for each in agents.filter(key__in=[row.number.lower() for row in rows])}
        for row in rows:
            agent = now.get(row.number.lower())
            if agent is None:
                agent = self._added(row)
            else:
                self._changed(agent, row)
            self._skills(agent, row)
            self._days_off(agent, row)
            self._names(agent, row)

    def _added(self, row: rules.RowPlan) -> Agent:
        team = self._team(row)
        values = {name: row.values[name] for name in PLAIN if name in row.values}
        values.setdefault("started_on", self.by.today(self.at))
        agent = Agent.objects.create(number=row.number, team=team, **values)
        TeamMembership.objects.create(agent=agent, team=team, days=DateRange(agent.started_on, None))
        facts = {"number": agent.number, "team": team.name, "file": self.found.file_name}
        audit.record(
            by=self.by, verb="people.add_agent", about=("people.agent", agent.pk), facts=facts, at=self.at
        )
        events.announce(AgentAdded(agent.pk, agent.number, team.pk, agent.started_on))
        return agent

    def _changed(self, agent: Agent, row: rules.RowPlan) -> None:
        changed = [name for name in PLAIN if name in row.values and getattr(agent, name) != row.values[name]]
        for name in changed:
            setattr(agent, name, row.values[name])
        team = self._team(row)
        if team.pk != agent.team_id:
            self._move(agent, team)
            changed.append("team")
        keep(agent, *changed)
        facts = {key: [before, after] for key, before, after in row.changes} | {"file": self.found.file_name}
        audit.record(
            by=self.by,
            verb="people.change_agent",
            about=("people.agent", agent.pk),
            facts=facts,
            person=agent.user_id,
            at=self.at,
        )

    def _move(self, agent: Agent, team: Team) -> None:
        day = max(queries.today_of(agent, self.at), agent.started_on)
        stays = [rules.Stay(each.team_id, each.days.lower, each.days.upper) for each in agent.memberships.all()]
        agent.memberships.all().delete()
        TeamMembership.objects.bulk_create(
            TeamMembership(agent=agent, team_id=stay.team_id, days=DateRange(stay.since, stay.until))
            for stay in rules.moved(stays, team.pk, day, agent.started_on)
        )
        events.announce(AgentMoved(agent.pk, agent.user_id, agent.team_id, team.pk, day))
        agent.team = team

    def _team(self, row: rules.RowPlan) -> Team:
        site_name, name = row.values["place"]
        key = (site_name.lower(), name.lower())
        if key not in self.teams:
            require(self.by, P.KEEP_ORGANISATION)
            site = self.sites.get(site_name.lower())
            if site is None:
                site = Site.objects.create(name=site_name, zone=row.values["site_zone"])
                self.sites[site_name.lower()] = site
                self._founded("people.site", site.pk, "people.add_site", name=site.name)
            self.teams[key] = Team.objects.create(name=name, site=site)
            self._founded("people.team", self.teams[key].pk, "people.add_team", name=name)
        return self.teams[key]

    def _founded(self, kind: str, pk: int, verb: str, **facts: Any) -> None:
        facts |= {"file": self.found.file_name}
        audit.record(by=self.by, verb=verb, about=(kind, pk), facts=facts, at=self.at)

    def _skills(self, agent: Agent, row: rules.RowPlan) -> None:
        for name, level in row.values.get("skills", {}).items():
            if name.lower() not in self.skills:
                self.skills[name.lower()] = _new_skill(name)
                self._founded("people.skill", self.skills[name.lower()].pk, "people.add_skill", name=name)
            held, made = AgentSkill.objects.get_or_create(
                agent=agent, skill=self.skills[name.lower()], defaults={"level": level}
            )
            if not made and level is not None and held.level != level:
                held.level = level
                held.save(update_fields=["level"])

    def _days_off(self, agent: Agent, row: rules.RowPlan) -> None:
        if "days_off" in row.values:
            agent.days_off.all().delete()
            AgentDayOff.objects.bulk_create(
                AgentDayOff(agent=agent, day=day) for day in sorted(row.values["days_off"])
            )

    def _names(self, agent: Agent, row: rules.RowPlan) -> None:
        day = queries.today_of(agent, self.at)
        for system, name in sorted(row.values.get("names", ())):
            held = agent.other_names.filter(system=system, days__contains=day)
            if held.filter(external_id=name).exists():
                continue
            since = agent.started_on if row.kind == "new" else day
            write_name(
                AgentName(agent=agent, system=system, external_id=name, days=DateRange(since, None)), self.by
            )


def _new_skill(name: str) -> Skill:
    """Sales and service are the two general sides; what else a file names is special."""
    word = name.lower()
    general = word in {Skill.Side.SALES, Skill.Side.SERVICE}
    side = Skill.Side.SALES if "sales" in word or "sell" in word else Skill.Side.SERVICE
    return Skill.objects.create(
        name=name.capitalize() if general else name,
        kind=Skill.Kind.GENERAL if general else Skill.Kind.SPECIAL,
        side=side,
    )
