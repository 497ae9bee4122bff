"""The editor: a draft line by line, what is wrong beside it, and all about one line on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.learning import forms, queries, services
from floorwalker.apps.learning.models import ScenarioVersion
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import editing
from floorwalker.apps.learning.rules.flow import Flow, Node
from floorwalker.kernel.errors import Invalid, NotFound
from floorwalker.kernel.pages import Request, page

Change = Callable[[Flow], Flow]


@page(P.SEE_SCENARIOS)
def version(request: Request, scenario_version_id: int) -> HttpResponse:
    """One version: a draft with every flaw beside its place, or as it stands for ever."""
    found = queries.the_version(request.actor, scenario_version_id)
    return _outline(request, found)


def _outline(request: Request, found: ScenarioVersion, **wrong: Any) -> HttpResponse:
    flow, sheet = found.flow, queries.sheet_of(found.flow)
    keeps = request.actor.may(P.KEEP_SCENARIOS) and found.state == "draft"
    values: dict[str, Any] = {
        "found": found,
        "sheet": sheet,
        "rows": [(row, _answer_form(flow, row.node, wrong) if keeps else None) for row in sheet.lines],
        "keeps": keeps,
        "setting_form": forms.SettingForm(initial={"setting": flow.setting}),
        "line_form": wrong.get("line_form") or forms.NewLineForm(auto_id="new-line-%s"),
        "publish_form": forms.PublishForm(),
        "step_form": wrong.get("step_form") or forms.StepForm(auto_id="new-step-%s"),
        "fact_form": wrong.get("fact_form") or forms.FactForm(auto_id="new-fact-%s"),
        "wrong_at": wrong.get("wrong_at", ""),
    }
    return render(request, "learning/version.html", values, status=422 if wrong else 200)


def _answer_form(flow: Flow, node: Node, wrong: dict[str, Any]) -> forms.AnswerForm | None:
    """What adds an answer in place; the one that was not understood comes back with what is wrong."""
    if node.outcome:
        return None
    if wrong.get("wrong_at") == node.key:
        found: forms.AnswerForm = wrong["answer_form"]
        return found
    return forms.AnswerForm(flow=flow, auto_id=f"add-{node.key}-%s")


def _draft(request: Request, version_id: int) -> ScenarioVersion:
    return queries.the_version(request.actor, version_id, P.KEEP_SCENARIOS)


def _seen(request: Request) -> int:
    try:
        return int(request.POST.get("version", ""))
    except ValueError:
        raise Invalid(problem=_("The version that was looked at is missing; open the page again.")) from None


def _edit(request: Request, found: ScenarioVersion, change: Change, anchor: str = "") -> HttpResponse:
    services.change_draft(
        version_id=found.pk, flow=change(found.flow), version=_seen(request), by=request.actor, at=request.at
    )
    where = reverse("learning:version", args=[found.pk])
    return redirect(f"{where}#{anchor}" if anchor else where)


def _node(flow: Flow, key: str) -> Node:
    node = flow.node(key)
    if node is None:
        raise NotFound
    return node


@page(P.KEEP_SCENARIOS, methods=("POST",))
def setting(request: Request, scenario_version_id: int) -> HttpResponse:
    """What the player knows before the first line."""
    found = _draft(request, scenario_version_id)
    form = forms.SettingForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=_("At most 1,000 characters fit before the first line."))
    return _edit(request, found, lambda flow: replace(flow, setting=form.cleaned_data["setting"].strip()))


@page(P.KEEP_SCENARIOS, methods=("POST",))
def new_line(request: Request, scenario_version_id: int) -> HttpResponse:
    """One more line of the customer."""
    found = _draft(request, scenario_version_id)
    form = forms.NewLineForm(request.POST, auto_id="new-line-%s")
    if not form.is_valid():
        return _outline(request, found, line_form=form)
    flow, key = editing.with_new_line(found.flow, form.cleaned_data["line"], form.cleaned_data["outcome"])
    return _edit(request, found, lambda _flow: flow, f"line-{key}")


@page(P.KEEP_SCENARIOS, methods=("POST",))
def new_answer(request: Request, scenario_version_id: int, line_key: str) -> HttpResponse:
    """One more answer to a line, written in place."""
    found = _draft(request, scenario_version_id)
    flow = found.flow
    _node(flow, line_key)
    form = forms.AnswerForm(request.POST, flow=flow, auto_id=f"add-{line_key}-%s")
    if not form.is_valid():
        return _outline(request, found, answer_form=form, wrong_at=line_key)
    return _edit(request, found, lambda flow: form.changed(flow, line_key), f"line-{line_key}")


@page(P.KEEP_SCENARIOS, methods=("GET", "POST"))
def line(request: Request, scenario_version_id: int, line_key: str) -> HttpResponse:
    """Everything about one line: its words, facts and moment, its answers, and own words."""
    found = _draft(request, scenario_version_id)
    node = _node(found.flow, line_key)
    form = forms.LineForm(request.POST or None, flow=found.flow, initial=forms.LineForm.first(node))
    if request.method == "POST" and form.is_valid():
        return _edit(request, found, lambda flow: editing.with_node(flow, form.node(node)), f"line-{line_key}")
    return _line_page(request, found, node, form=form)


def _line_page(request: Request, found: ScenarioVersion, node: Node, **given: Any) -> HttpResponse:
    flow = found.flow
    row = next(each for each in queries.sheet_of(flow).lines if each.node.key == node.key)
    wrong = given.get("wrong_at", "")
    answers = []
    for option in node.options:
        first = forms.AnswerForm(flow=flow, initial=forms.AnswerForm.first(option), auto_id=f"{option.key}-%s")
        shown = next(each for each in row.answers if each.key == option.key)
        answers.append((option, shown, given["answer_form"] if wrong == option.key else first))
    own = forms.OwnWordsForm(
        flow=flow, initial=forms.OwnWordsForm.first(node.own_words) if node.own_words else None, auto_id="own-%s"
    )
    values = {
        "found": found,
        "row": row,
        "node": node,
        "form": given.get("form") or forms.LineForm(flow=flow, initial=forms.LineForm.first(node)),
        "answers": answers,
        "new_form": given.get("new_form") or forms.AnswerForm(flow=flow, auto_id="add-%s"),
        "own_form": given.get("own_form") or own,
        "own_row": next((each for each in row.answers if not each.key), None),
    }
    bad = any(getattr(each, "errors", None) for each in given.values())
    return render(request, "learning/line.html", values, status=422 if bad else 200)


@page(P.KEEP_SCENARIOS, methods=("POST",))
def change_line(request: Request, scenario_version_id: int, line_key: str) -> HttpResponse:
    """Begin with this line, or take it away."""
    found = _draft(request, scenario_version_id)
    _node(found.flow, line_key)
    if request.POST.get("verb") == "first":
        return _edit(request, found, lambda flow: editing.started_at(flow, line_key), f"line-{line_key}")
    return _edit(request, found, lambda flow: editing.without_node(flow, line_key))


@page(P.KEEP_SCENARIOS, methods=("POST",))
def line_words(request: Request, scenario_version_id: int, line_key: str) -> HttpResponse:
    """Words of the bank become those of the line."""
    found = _draft(request, scenario_version_id)
    node = _node(found.flow, line_key)
    words = queries.the_line(request.actor, request.POST.get("customer_line_id", "")).text
    return _edit(
        request, found, lambda flow: editing.with_node(flow, replace(node, line=words)), f"line-{line_key}"
    )


@page(P.KEEP_SCENARIOS, methods=("POST",))
def answer(request: Request, scenario_version_id: int, line_key: str, answer_key: str) -> HttpResponse:
    """Save an answer, move it, or take it away."""
    found = _draft(request, scenario_version_id)
    node = _node(found.flow, line_key)
    if node.option(answer_key) is None:
        raise NotFound
    verb = request.POST.get("verb", "save")
    anchor = f"line-{line_key}"
    if verb == "remove":
        return _edit(request, found, lambda flow: editing.without_option(flow, line_key, answer_key), anchor)
    if verb in ("up", "down"):
        by = -1 if verb == "up" else 1
        return _edit(request, found, lambda flow: editing.moved_option(flow, line_key, answer_key, by), anchor)
    form = forms.AnswerForm(request.POST, flow=found.flow, auto_id=f"{answer_key}-%s")
    if not form.is_valid():
        return _line_page(request, found, node, answer_form=form, wrong_at=answer_key)
    return _edit(request, found, lambda flow: form.changed(flow, line_key, answer_key), anchor)


@page(P.KEEP_SCENARIOS, methods=("POST",))
def own_words(request: Request, scenario_version_id: int, line_key: str) -> HttpResponse:
    """Let a line be answered in own words, or not any more."""
    found = _draft(request, scenario_version_id)
    node = _node(found.flow, line_key)
    anchor = f"line-{line_key}"
    if request.POST.get("verb") == "remove":
        return _edit(request, found, lambda flow: editing.with_own_words(flow, line_key, None), anchor)
    form = forms.OwnWordsForm(request.POST, flow=found.flow, auto_id="own-%s")
    if not form.is_valid():
        return _line_page(request, found, node, own_form=form)
    return _edit(request, found, lambda flow: form.changed(flow, line_key), anchor)


@page(P.KEEP_SCENARIOS, methods=("POST",))
def step(request: Request, scenario_version_id: int) -> HttpResponse:
    """Add a required step, change one, or take one away."""
    found = _draft(request, scenario_version_id)
    key = request.POST.get("key", "")
    if key and found.flow.step(key) is None:
        raise NotFound
    if request.POST.get("verb") == "remove":
        return _edit(request, found, lambda flow: editing.without_step(flow, key), "steps")
    form = forms.StepForm(request.POST, auto_id="new-step-%s")
    if not form.is_valid():
        return _outline(request, found, step_form=form)
    return _edit(request, found, lambda flow: editing.with_step(flow, form.step(flow, key)), "steps")


@page(P.KEEP_SCENARIOS, methods=("POST",))
def fact(request: Request, scenario_version_id: int) -> HttpResponse:
    """Add a fact, change one, or take one away."""
    found = _draft(request, scenario_version_id)
    key = request.POST.get("key", "")
    if key and found.flow.fact(key) is None:
        raise NotFound
    if request.POST.get("verb") == "remove":
        return _edit(request, found, lambda flow: editing.without_fact(flow, key), "facts")
    form = forms.FactForm(request.POST, auto_id="new-fact-%s")
    if not form.is_valid():
        return _outline(request, found, fact_form=form)
    return _edit(request, found, lambda flow: editing.with_fact(flow, form.fact(flow, key)), "facts")


@page(P.KEEP_SCENARIOS, methods=("POST",))
def publish(request: Request, scenario_version_id: int) -> HttpResponse:
    found = _draft(request, scenario_version_id)
    form = forms.PublishForm(request.POST)
    try:
        services.publish_scenario(
            version_id=found.pk,
            version=_seen(request),
            changed=form.cleaned_data["changed"] if form.is_valid() else "",
            by=request.actor,
            at=request.at,
        )
    except services.ScenarioHasFlaws as refused:
        messages.error(request, str(refused))
        return redirect("learning:version", scenario_version_id)
    messages.success(request, _("It is in force: agents can play it now."))
    return redirect("learning:scenario", found.scenario_id)


@page(P.KEEP_SCENARIOS, methods=("POST",))
def drop_draft(request: Request, scenario_version_id: int) -> HttpResponse:
    scenario = services.drop_draft(version_id=scenario_version_id, by=request.actor, at=request.at)
    return redirect("learning:scenario", scenario.pk) if scenario.pk else redirect("learning:scenarios")
