"""Writing scenarios and putting them in force."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries, words
from floorwalker.apps.learning.models import Scenario, ScenarioVersion, TriggerMoment
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import checking
from floorwalker.apps.learning.rules.editing import EMPTY
from floorwalker.apps.learning.rules.flow import Flow
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import Refused, Stale

State = ScenarioVersion.State
LOOK_AGAIN_AFTER = timedelta(days=180)
DRAFT_WITHIN = timedelta(days=14)  # a draft lying longer is shown to who keeps it


class ScenarioNameTaken(Refused):
    code = "learning_name_taken"
    status = 409
    text = _("There is a scenario “{name}” already. Write its next version, or choose another name.")


class ScenarioNotADraft(Refused):
    code = "learning_not_a_draft"
    status = 409
    text = _("Version {number} of “{name}” is {state} and never changes. Write the next version.")


class ScenarioHasFlaws(Refused):
    code = "learning_scenario_has_flaws"
    text = _("“{name}” cannot be put in force yet: {problem}")


class ScenarioBeingWritten(Refused):
    code = "learning_being_written"
    status = 409
    text = _("Version {number} of “{name}” is being written already; go on with that one.")


class ScenarioRetired(Refused):
    code = "learning_scenario_retired"
    status = 409
    text = _("“{name}” is retired. Take it back first.")


@transaction.atomic
def make_scenario(*, name: str, about: str = "", flow: Flow = EMPTY, by: Actor, at: datetime) -> ScenarioVersion:
    """A new scenario with its first draft; who makes it keeps it."""
    require(by, P.KEEP_SCENARIOS)
    if by.user_id is None:
        refuse(by)
    look_again_on = (at + DRAFT_WITHIN).date()
    try:
        with transaction.atomic():
            scenario = Scenario.objects.create(
                name=name.strip(), about=about.strip(), keeper_id=by.user_id, look_again_on=look_again_on
            )
    except IntegrityError as error:
        raise ScenarioNameTaken(name=name.strip()) from error
    _record("make_scenario", scenario, by, at)
    return _draft(scenario, flow, by, at)


@transaction.atomic
def describe_scenario(*, scenario_id: int, name: str, about: str, by: Actor, at: datetime) -> Scenario:
    """Another name, or another sentence on what it trains; versions stay as they are."""
    scenario = _locked_scenario(scenario_id, by)
    scenario.name, scenario.about = name.strip(), about.strip()
    try:
        with transaction.atomic():
            scenario.save(update_fields=["name", "about"])
    except IntegrityError as error:
        raise ScenarioNameTaken(name=name.strip()) from error
    _record("describe_scenario", scenario, by, at)
    return scenario


@transaction.atomic
def keep_scenario(*, scenario_id: int, by: Actor, at: datetime) -> Scenario:
    """Become the one who keeps it: their home says when it is to be looked at again."""
    scenario = _locked_scenario(scenario_id, by)
    if by.user_id is None:
        refuse(by)
    scenario.keeper_id = by.user_id
    scenario.save(update_fields=["keeper"])
    _record("keep_scenario", scenario, by, at)
    return scenario


@transaction.atomic
def look_again(*, scenario_id: int, by: Actor, at: datetime) -> Scenario:
    """Looked at, and it still holds: to be looked at again in half a year."""
    scenario = _locked_scenario(scenario_id, by)
    scenario.look_again_on = (at + LOOK_AGAIN_AFTER).date()
    scenario.save(update_fields=["look_again_on"])
    _record("look_again", scenario, by, at)
    return scenario


@transaction.atomic
def retire_scenario(*, scenario_id: int, retired: bool, by: Actor, at: datetime) -> Scenario:
    """Nobody begins it any more; what was played stays. ``retired`` false takes it back."""
    scenario = _locked_scenario(scenario_id, by)
    scenario.retired_at = at if retired else None
    scenario.save(update_fields=["retired_at"])
    _record("retire_scenario" if retired else "restore_scenario", scenario, by, at)
    return scenario


@transaction.atomic
def copy_scenario(*, version_id: int, name: str, by: Actor, at: datetime) -> ScenarioVersion:
    """A new scenario that begins as a version of another."""
    require(by, P.KEEP_SCENARIOS)
    found = queries.the_version(by, version_id)
    return make_scenario(name=name, about=found.scenario.about, flow=found.flow, by=by, at=at)


@transaction.atomic
def start_draft(*, scenario_id: int, flow: Flow | None = None, by: Actor, at: datetime) -> ScenarioVersion:
    """The next version, beginning as the latest unless another flow is given."""
    scenario = _locked_scenario(scenario_id, by)
    if scenario.retired_at is not None:
        raise ScenarioRetired(name=scenario.name)
    if before := queries.draft_of(scenario.pk):
        raise ScenarioBeingWritten(number=before.number, name=scenario.name)
    if flow is None:
        latest = ScenarioVersion.objects.filter(scenario=scenario).order_by("-number").first()
        flow = latest.flow if latest else EMPTY
    return _draft(scenario, flow, by, at)


@transaction.atomic
def change_draft(*, version_id: int, flow: Flow, version: int, by: Actor, at: datetime) -> ScenarioVersion:
    """Another flow for a draft; whoever works on an older reading is told so."""
    draft = _locked_draft(version_id, by)
    if draft.version != version:
        raise Stale
    draft.content, draft.version = flow.to_json(), draft.version + 1
    draft.made_by, draft.made_at = by.name, at
    draft.save(update_fields=["content", "version", "made_by", "made_at"])
    _record("change_draft", draft.scenario, by, at, number=draft.number)
    return draft


@transaction.atomic
def drop_draft(*, version_id: int, by: Actor, at: datetime) -> Scenario:
    """Forget what was being written; a scenario that never was in force goes with it."""
    draft = _locked_draft(version_id, by)
    scenario = draft.scenario
    _record("drop_draft", scenario, by, at, number=draft.number)
    draft.delete()
    if not scenario.versions.exists():
        scenario.delete()
    return scenario


@transaction.atomic
def publish_scenario(
    *, version_id: int, version: int, changed: str = "", by: Actor, at: datetime
) -> ScenarioVersion:
    """Put a draft in force; the one before retires. From now on its words never change.

    ``changed`` says what is different; empty, it is counted against the version before.
    """
    draft = _locked_draft(version_id, by)
    if draft.version != version:
        raise Stale
    if draft.scenario.retired_at is not None:
        raise ScenarioRetired(name=draft.scenario.name)
    flow = draft.flow
    if found := checking.flaws(flow):
        place = words.place_words(flow, found[0])
        problem = words.flaw_words(flow, found[0])
        raise ScenarioHasFlaws(name=draft.scenario.name, problem=f"{place}: {problem}" if place else problem)
    before = ScenarioVersion.objects.filter(scenario=draft.scenario_id, state=State.IN_FORCE).first()
    if before is not None:
        before.state = State.RETIRED
        before.save(update_fields=["state"])
    draft.changed = changed.strip()[:300] or words.changes_words(before.flow if before else None, flow)[:300]
    draft.state, draft.in_force_from, draft.version = State.IN_FORCE, at, draft.version + 1
    draft.save()
    TriggerMoment.objects.bulk_create(
        TriggerMoment(
            version=draft,
            node=node.key,
            line=node.line,
            text=node.moment.text,
            controllable=node.moment.controllable,
            minutes=node.moment.minutes,
        )
        for node in flow.nodes
        if node.moment
    )
    draft.scenario.look_again_on = (at + LOOK_AGAIN_AFTER).date()
    draft.scenario.save(update_fields=["look_again_on"])
    _record("publish_scenario", draft.scenario, by, at, number=draft.number)
    return draft


def _draft(scenario: Scenario, flow: Flow, by: Actor, at: datetime) -> ScenarioVersion:
    latest = ScenarioVersion.objects.filter(scenario=scenario).aggregate(n=Max("number"))["n"] or 0
    draft = ScenarioVersion.objects.create(
        scenario=scenario, number=latest + 1, content=flow.to_json(), made_by=by.name, made_at=at
    )
    _record("start_draft", scenario, by, at, number=draft.number)
    return draft


def _locked_scenario(scenario_id: int, by: Actor) -> Scenario:
    require(by, P.KEEP_SCENARIOS)
    queries.the_scenario(by, scenario_id, P.KEEP_SCENARIOS)
    return Scenario.objects.select_for_update().get(pk=scenario_id)


def _locked_draft(version_id: int, by: Actor) -> ScenarioVersion:
    require(by, P.KEEP_SCENARIOS)
    queries.the_version(by, version_id, P.KEEP_SCENARIOS)
    found = ScenarioVersion.objects.select_for_update(of=("self",)).select_related("scenario").get(pk=version_id)
    if found.state != State.DRAFT:
        raise ScenarioNotADraft(number=found.number, name=found.scenario.name, state=found.get_state_display())
    return found


def _record(verb: str, scenario: Scenario, by: Actor, at: datetime, **facts: int) -> None:
    about = ("learning.scenario", scenario.pk)
    audit.record(by=by, verb=f"learning.{verb}", about=about, facts={"name": scenario.name, **facts}, at=at)
