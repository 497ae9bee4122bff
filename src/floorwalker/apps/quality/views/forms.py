"""Pages of evaluation forms: written, tried, put in force."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import editing
from floorwalker.apps.quality.rules.forms import FormContent, from_json, score
from floorwalker.apps.quality.views.seen import seen_version
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.files.uploads import accept
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page


@page(P.SEE_FORMS)
def form_list(request: Request) -> HttpResponse:
    """Every form, what is in force and what is being written."""
    archived = request.GET.get("archived") == "yes"
    columns = [
        Column("name", _("Form")),
        *([Column("client", _("Client"))] if queries.knows_clients(request.actor) else []),
        Column("channel", _("Channel")),
        Column("version", _("Version in force")),
        Column("items", _("Items"), kind="number"),
        Column("draft", _("Being written")),
    ]
    values = {
        "lines": queries.form_lines(request.actor, archived),
        "columns": columns,
        "keeps": request.actor.may(P.KEEP_FORMS),
        "archived": archived,
        "clients": queries.knows_clients(request.actor),
    }
    return render(request, "quality/forms.html", values)


@page(P.KEEP_FORMS, methods=("GET", "POST"))
def new_form(request: Request) -> HttpResponse:
    form = forms.NameForm(request.POST or None, clients=queries.clients_to_choose(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            draft = services.make_form(**form.values(), by=request.actor, at=request.at)
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error("name", str(refused))
        else:
            return redirect("quality:version", draft.pk)
    return render(request, "quality/form_new.html", {"form": form}, status=422 if form.errors else 200)


@page(P.KEEP_FORMS, methods=("GET", "POST"))
def handbook(request: Request) -> HttpResponse:
    """A handbook's required steps become forms; each is a draft to be looked at first."""
    form = forms.HandbookForm(
        request.POST or None, request.FILES or None, clients=queries.clients_to_choose(request.actor)
    )
    if request.method == "POST" and form.is_valid():
        try:
            with tempfile.TemporaryDirectory() as folder:
                taken = accept(form.cleaned_data["file"], Path(folder), structured=True)
                found = run_limited("quality.handbook", str(taken.path))
            made = services.take_handbook(
                forms={name: from_json(content) for name, content in found.items()},
                client_id=form.cleaned_data["client"],
                channel=form.cleaned_data["channel"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error("file", str(refused))
        else:
            said = ngettext("%(n)d form is drafted.", "%(n)d forms are drafted.", len(made)) % {"n": len(made)}
            messages.success(request, said)
            return redirect("quality:version", made[0].pk) if len(made) == 1 else redirect("quality:forms")
    return render(request, "quality/handbook.html", {"form": form}, status=422 if form.errors else 200)


@page(P.SEE_FORMS)
def one_form(request: Request, form_id: int) -> HttpResponse:
    """A form: its versions, the one in force in full."""
    found = queries.the_form(request.actor, form_id)
    versions = queries.versions_of(request.actor, found)
    in_force = next((each for each in versions if each.state == "in_force"), None)
    readings = queries.readings_of(request.actor, form_id)
    values = {
        "found": found,
        "versions": [(each, queries.agreed_words(each)) for each in versions],
        "in_force": in_force,
        "draft": next((each for each in versions if each.state == "draft"), None),
        "sheet": queries.sheet_of(in_force.words, readings) if in_force else None,
        "keeps": request.actor.may(P.KEEP_FORMS),
        "clients": queries.knows_clients(request.actor),
        "columns": [Column("n", _("Version")), Column("state", _("State")), Column("since", _("In force from")),
                    Column("by", _("Written by"))],
    }  # fmt: skip
    return render(request, "quality/form.html", values)


@page(P.KEEP_FORMS, methods=("GET", "POST"))
def rename_form(request: Request, form_id: int) -> HttpResponse:
    found = queries.the_form(request.actor, form_id, P.KEEP_FORMS)
    first = {"name": found.name, "client": found.client_id, "channel": found.channel}
    form = forms.NameForm(request.POST or None, initial=first, clients=queries.clients_to_choose(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_form(form_id=form_id, **form.values(), by=request.actor, at=request.at)
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error("name", str(refused))
        else:
            return redirect("quality:form", form_id)
    return render(
        request, "quality/form_new.html", {"form": form, "found": found}, status=422 if form.errors else 200
    )


@page(P.KEEP_FORMS, methods=("POST",))
def archive_form(request: Request, form_id: int) -> HttpResponse:
    archived = request.POST.get("archived", "yes") == "yes"
    services.archive_form(form_id=form_id, archived=archived, by=request.actor, at=request.at)
    return redirect("quality:form", form_id)


@page(P.KEEP_FORMS, methods=("POST",))
def start_draft(request: Request, form_id: int) -> HttpResponse:
    draft = services.start_draft(form_id=form_id, by=request.actor, at=request.at)
    return redirect("quality:version", draft.pk)


@page(P.SEE_FORMS)
def version(request: Request, form_version_id: int) -> HttpResponse:
    """One version: a draft with every flaw beside its item, or as it stands for ever."""
    found = queries.the_version(request.actor, form_version_id)
    sheet = queries.sheet_of(found.words, queries.readings_of(request.actor, found.form_id))
    values = {
        "found": found,
        "sheet": sheet,
        "section_form": forms.SectionForm(),
        "keeps": request.actor.may(P.KEEP_FORMS) and found.state == "draft",
    }
    return render(request, "quality/version.html", values)


@page(P.SEE_FORMS)
def trial(request: Request, form_version_id: int) -> HttpResponse:
    """Try a version out: answer it and see the score opened into its reasons."""
    found = queries.the_version(request.actor, form_version_id)
    content = found.words
    form = forms.TrialForm(request.GET or None, content=content)
    answers = form.answers() if request.GET else {}
    result = score(content, answers) if answers else None
    values = {
        "found": found,
        "form": form,
        "score": result,
        "lost": queries.lost_words(content, result) if result else [],
    }
    return render(request, "quality/trial.html", values)


def _edit(request: Request, version_id: int, change: Callable[[FormContent], FormContent]) -> HttpResponse:
    found = queries.the_version(request.actor, version_id, P.KEEP_FORMS)
    try:
        seen = int(request.POST.get("version", ""))
    except ValueError:
        raise Invalid(problem=_("The version that was looked at is missing; open the page again.")) from None
    services.change_draft(
        version_id=version_id, content=change(found.words), version=seen, by=request.actor, at=request.at
    )
    return redirect("quality:version", version_id)


def _place(request: Request, content: FormContent, name: str = "section") -> int:
    try:
        place = int(request.POST.get(name, request.GET.get(name, "")))
    except ValueError:
        place = -1
    if not 0 <= place < len(content.sections):
        raise Invalid(problem=_("That section is no longer there; open the page again."))
    return place


@page(P.KEEP_FORMS, methods=("POST",))
def section(request: Request, form_version_id: int) -> HttpResponse:
    """Add a section, give one another title, or take one away."""
    found = queries.the_version(request.actor, form_version_id, P.KEEP_FORMS)
    if request.POST.get("verb") == "remove":
        place = _place(request, found.words)
        return _edit(request, form_version_id, lambda content: editing.without_section(content, place))
    form = forms.SectionForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=_("A section needs a title."))
    at = _place(request, found.words) if "section" in request.POST else None
    title = form.cleaned_data["title"]
    return _edit(request, form_version_id, lambda content: editing.with_section(content, title, at))


@page(P.KEEP_FORMS, methods=("GET", "POST"))
def new_item(request: Request, form_version_id: int) -> HttpResponse:
    return _item_page(request, form_version_id, "")


@page(P.KEEP_FORMS, methods=("GET", "POST"))
def item(request: Request, form_version_id: int, item_key: str) -> HttpResponse:
    return _item_page(request, form_version_id, item_key)


def _item_page(request: Request, version_id: int, key: str) -> HttpResponse:
    """One item of a draft; the form is checked as a whole on its own page."""
    found = queries.the_version(request.actor, version_id, P.KEEP_FORMS)
    content = found.words
    known = content.item(key)
    if key and known is None:
        raise NotFound
    form = forms.ItemForm(request.POST or None, initial=forms.ItemForm.first(known), content=content, key=key)
    if request.method == "POST" and form.is_valid():
        made = form.item(key or editing.fresh_key(content, form.cleaned_data["text"]))
        place = 0 if known else _place(request, content)
        return _edit(request, version_id, lambda before: editing.with_item(before, made, place))
    values = {"found": found, "form": form, "item": known, "section": request.GET.get("section", "0")}
    return render(request, "quality/item.html", values, status=422 if form.errors else 200)


@page(P.KEEP_FORMS, methods=("POST",))
def move_item(request: Request, form_version_id: int, item_key: str) -> HttpResponse:
    by = -1 if request.POST.get("to") == "up" else 1
    return _edit(request, form_version_id, lambda content: editing.moved(content, item_key, by))


@page(P.KEEP_FORMS, methods=("POST",))
def remove_item(request: Request, form_version_id: int, item_key: str) -> HttpResponse:
    return _edit(request, form_version_id, lambda content: editing.without_item(content, item_key))


@page(P.KEEP_FORMS, methods=("POST",))
def publish(request: Request, form_version_id: int) -> HttpResponse:
    found = queries.the_version(request.actor, form_version_id, P.KEEP_FORMS)
    try:
        services.publish_form(
            version_id=form_version_id,
            version=seen_version(request),
            by=request.actor,
            at=request.at,
        )
    except services.FormHasFlaws as refused:
        messages.error(request, str(refused))
        return redirect("quality:version", form_version_id)
    messages.success(request, _("It is in force: contacts drawn from now on are evaluated with it."))
    if queries.notice_owed(request.actor):
        messages.warning(
            request, _("Before the first person is scored: say what scores are for, under Assessment.")
        )
    return redirect("quality:form", found.form_id)


@page(P.KEEP_FORMS, methods=("POST",))
def drop_draft(request: Request, form_version_id: int) -> HttpResponse:
    form = services.drop_draft(version_id=form_version_id, by=request.actor, at=request.at)
    return redirect("quality:form", form.pk) if form.pk else redirect("quality:forms")
