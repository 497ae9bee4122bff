"""The pages of what makes people better: talks, agreements, groups, pairs, goals, calibrations, phrases, forms."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from benchmarks.suite.asking import Page
from benchmarks.suite.centre import Centre


def pages(centre: Centre) -> list[Page]:
    promised = Page("promises of one", "agent", reverse("promises:promises"))
    return [*_coaching(centre), *_quality(centre), *_goals(centre), promised]


def _coaching(centre: Centre) -> list[Page]:
    from floorwalker.apps.coaching.models import Action, Agreement, GroupSession, OneToOne, PeerPair

    lead, agent = centre.users["supervisor"], centre.agents[0]
    mine: dict[str, Any] = {"lead": lead, "agent": agent}
    planned = OneToOne.objects.get(**mine, state="prepared").pk
    closed = OneToOne.objects.filter(**mine, state="closed").order_by("-pk")[0].pk
    action = Action.objects.filter(**mine).order_by("-pk")[0].pk
    agreement = Agreement.objects.get(**mine).pk
    group = GroupSession.objects.filter(lead=lead, state="closed").order_by("pk")[0].pk
    pair = PeerPair.objects.get(learner=agent).pk
    return [
        Page("one-to-ones", "supervisor", reverse("coaching:talks")),
        Page("one-to-ones held", "supervisor", reverse("coaching:talks_side", args=["held"])),
        Page("one-to-ones", "agent", reverse("coaching:talks")),
        Page("a talk to come", "supervisor", reverse("coaching:talk", args=[planned])),
        Page("prepare a talk", "supervisor", reverse("coaching:prepare_talk", args=[planned])),
        Page("the sheet of a talk", "supervisor", reverse("coaching:talk_sheet", args=[planned])),
        Page("a talk that was", "agent", reverse("coaching:talk", args=[closed])),
        Page("an action", "supervisor", reverse("coaching:action", args=[action])),
        Page("agreements", "supervisor", reverse("coaching:agreements")),
        Page("an agreement", "agent", reverse("coaching:agreement", args=[agreement])),
        Page("groups", "supervisor", reverse("coaching:groups")),
        Page("a group", "supervisor", reverse("coaching:group", args=[group])),
        Page("pairs", "supervisor", reverse("coaching:pairs")),
        Page("a pair", "agent", reverse("coaching:pair", args=[pair])),
        Page("responses", "supervisor", reverse("coaching:responses")),
        Page("effects", "manager", reverse("coaching:effects")),
    ]


def _quality(centre: Centre) -> list[Page]:
    from floorwalker.apps.quality.models import Calibration, Form, Phrase, Review

    lead, agent = centre.users["supervisor"], centre.agents[0]
    to_score = Review.objects.filter(evaluator=lead, agent=agent, state="drawn").order_by("pk")[0].pk
    closed = Review.objects.filter(agent=agent, state="closed").order_by("-pk")[0].pk
    form = Form.objects.get()
    calibration = Calibration.objects.filter(state="closed").order_by("pk")[0].pk
    return [
        Page("a review to score", "supervisor", reverse("quality:evaluate", args=[to_score])),
        Page("a review", "agent", reverse("quality:review", args=[closed])),
        Page("plans of drawing", "analyst", reverse("quality:plans")),
        Page("weight rounds", "analyst", reverse("quality:rounds")),
        Page("points lost to others", "analyst", reverse("quality:lost")),
        Page("how reviews end", "analyst", reverse("quality:endings")),
        Page("scores", "manager", reverse("quality:scores")),
        Page("calibrations", "analyst", reverse("quality:calibrations")),
        Page("a calibration", "analyst", reverse("quality:calibration", args=[calibration])),
        Page("phrases", "analyst", reverse("quality:phrases")),
        Page("a phrase", "analyst", reverse("quality:phrase", args=[Phrase.objects.order_by("pk")[0].pk])),
        Page("raters", "analyst", reverse("quality:raters")),
        Page("forms", "analyst", reverse("quality:forms")),
        Page("a form", "analyst", reverse("quality:form", args=[form.pk])),
        Page("a form's version", "analyst", reverse("quality:version", args=[form.versions.get().pk])),
    ]


def _goals(centre: Centre) -> list[Page]:
    from floorwalker.apps.performance.models import Goal

    agent = centre.agents[0].pk
    goal = Goal.objects.get(agent=agent, state="agreed").pk
    new = reverse("performance:new_goal", args=[agent, "satisfaction"])
    return [
        Page("numbers of an agent", "supervisor", reverse("performance:agent", args=[agent])),
        Page("a goal", "agent", reverse("performance:goal", args=[goal])),
        Page("choose a goal", "agent", reverse("performance:choose_goal", args=[agent])),
        Page("a new goal", "agent", new),
        Page("aims of the house", "manager", reverse("performance:aims")),
    ]
