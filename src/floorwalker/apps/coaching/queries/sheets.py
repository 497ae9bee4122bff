"""The sheet a lead takes into a talk, and one action with how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching.models import Action, AgendaItem, OneToOne
from floorwalker.apps.coaching.queries.talk_sight import visible_items, visible_talks
from floorwalker.apps.coaching.rules import prompts
from floorwalker.apps.performance import queries as performance
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, number_words

QUESTION_WORDS: dict[str, Any] = {
    "how_are_things": gettext_lazy("How have things been since we last talked?"),
    "what_matters_today": gettext_lazy("What do you want to have talked about when we are done?"),
    "tell_me_more": gettext_lazy("Tell me more. What happened?"),
    "how_did_it_go": gettext_lazy("How did this contact go, as you see it?"),
    "what_would_you_keep": gettext_lazy("What would you do the same way again?"),
    "what_would_you_change": gettext_lazy("What would you do differently?"),
    "how_do_you_see_it": gettext_lazy("How do you see it?"),
    "what_do_others_see": gettext_lazy("What may others see that you do not?"),
    "what_came_of_it": gettext_lazy("What came of it?"),
    "what_helped": gettext_lazy("What helped?"),
    "how_far": gettext_lazy("How far are you, by your own view?"),
    "what_is_in_the_way": gettext_lazy("What is in the way?"),
    "what_did_it_cost_you": gettext_lazy("What did it mean for you that this was not kept?"),
    "what_changed": gettext_lazy("What has changed in how you work, or around you?"),
    "what_would_help": gettext_lazy("What would help?"),
    "one_thing": gettext_lazy("Which one thing will you do?"),
    "how_will_we_see_it": gettext_lazy("How will both of us see that it is done?"),
    "what_from_me": gettext_lazy("What do you need from me for it?"),
    "when_again": gettext_lazy("On which day do we look at it again?"),
}


@dataclass(frozen=True)
class Point:
    """One point of the sheet: the questions, and only then what is known."""

    kind: str
    questions: list[str]
    statement: str


@dataclass(frozen=True)
class Sheet:
    opening: list[str]
    points: list[Point]
    claims: list[AgendaItem]  # open ones: named only so that nobody states them
    closing: list[str]


def sheet_of(actor: Actor, talk: OneToOne) -> Sheet:
    """The agent's points first; what somebody else claims is no statement."""
    items = list(visible_items(actor).filter(talk=talk).select_related("looked_up_by"))
    usable = [each for each in items if each.kind != "parked" or each.outcome == "evidence"]
    sources = [(each.source or ("agent" if each.kind == "agent" else "lead"), n) for n, each in enumerate(usable)]
    points = [
        Point(
            str(usable[n].get_kind_display()),
            [str(QUESTION_WORDS[key]) for key in prompts.questions_for(sources[n][0])],
            usable[n].words if usable[n].kind != "parked" else usable[n].outcome_words,
        )
        for n in prompts.in_order(sources)
    ]
    return Sheet(
        opening=[str(QUESTION_WORDS[key]) for key in prompts.OPENING],
        points=points,
        claims=[each for each in items if each.kind == "parked" and each.outcome == "open"],
        closing=[str(QUESTION_WORDS[key]) for key in prompts.CLOSING],
    )


@dataclass(frozen=True)
class ActionPage:
    """One action, on whose side its reader stands, and what can be done."""

    side: str
    reads_talk: bool
    state_words: str
    tone: str
    facts: list[tuple[Any, Any]]
    changed: str
    raise_url: str
    due: bool  # its day to be looked at has come


ACTION_TONES = {"open": "progress", "done": "good", "missed": "attention", "dropped": "neutral"}


def action_page(actor: Actor, action: Action, at: datetime) -> ActionPage:
    agent = actor.user_id is not None and action.agent.user_id == actor.user_id
    side = "agent" if agent else "lead" if action.lead_id == actor.user_id else ""
    agreed = bool(action.agreed_by_agent_at and action.agreed_by_lead_at)
    due = agreed and action.state == "open" and action.follow_up_on <= performance.today_of(action.agent, at)
    return ActionPage(
        side=side,
        reads_talk=visible_talks(actor).filter(pk=action.talk_id).exists(),
        state_words=_state_words(action, agreed, due),
        tone="attention" if due or (not agreed and action.state == "open") else ACTION_TONES[action.state],
        facts=_facts(action),
        changed=_changed(action),
        raise_url=_raise_url(actor, action) if side and action.state == "done" else "",
        due=due,
    )


def _state_words(action: Action, agreed: bool, due: bool) -> str:
    if action.state != "open":
        return str(action.get_state_display())
    if not agreed:
        return _("not agreed by both yet")
    if due:
        return _("to look at again now")
    return _("looked at again on %(day)s") % {"day": day_words(action.follow_up_on)}


def _facts(action: Action) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = [
        (_("Who does it"), action.agent.name),
        (_("How both will see it"), action.target),
        (_("Done by"), day_words(action.due)),
        (_("Looked at again"), _("%(day)s, by %(name)s") % {
            "day": day_words(action.follow_up_on), "name": action.lead.name,
        }),
    ]  # fmt: skip
    if action.behaviour:
        pairs.insert(1, (_("Behaviour"), action.behaviour.name))
    if action.measure:
        pairs.insert(1, (_("Measure"), performance.measure_names()[action.measure]))
    if action.support:
        pairs.append((_("What the lead does for it"), action.support))
    if action.said_done_at:
        pairs.append((_("Said to be done"), day_words(action.said_done_at)))
    if action.outcome:
        pairs.append((_("What came of it"), action.outcome))
    return pairs


def _changed(action: Action) -> str:
    """What the measure did, with its range; one person's days prove no cause."""
    if action.before is None or action.after is None or action.change_low is None or action.change_high is None:
        return ""
    said = {
        "measure": performance.measure_names()[action.measure],
        "before": number_words(action.before, digits=2),
        "after": number_words(action.after, digits=2),
        "low": number_words(action.change_low, digits=2, sign=True),
        "high": number_words(action.change_high, digits=2, sign=True),
    }
    words = _("%(measure)s: %(before)s before, %(after)s since; the change is %(low)s to %(high)s (90 %%).") % said
    if action.change_low <= 0 <= action.change_high:
        return f"{words} {_('Chance alone can make such a change.')}"
    return f"{words} {_('Other things may have changed too.')}"


def _raise_url(actor: Actor, action: Action) -> str:
    """Where a goal that was met is raised, of the measure the action was seen in."""
    goal = performance.goal_to_raise(actor, action.agent, action.measure) if action.measure else None
    if goal is None:
        return ""
    return f"{reverse('performance:new_goal', args=[goal.agent_id, goal.measure])}?raises={goal.pk}"
