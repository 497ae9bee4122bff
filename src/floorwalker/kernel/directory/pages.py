"""The pages of a directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from floorwalker.kernel.access import Actor, refuse
from floorwalker.kernel.directory import verbs
from floorwalker.kernel.directory.declaration import Directory
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_chunks
from floorwalker.kernel.look import Column, Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors, page_of

ROWS = 50
FAMILIES: dict[str, list[Directory]] = {}  # the directories of each domain, beside each other on their lists


class SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=100)
    archived = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Search")
        self.fields["archived"].label = _("Archived ones")


def pages(directory: Directory) -> list[URLPattern]:
    """The addresses: list, CSV, new, one, archive, restore; named after the directory's key."""
    FAMILIES.setdefault(directory.domain, []).append(directory)
    key, one = directory.key, f"{directory.key}/<int:{directory.argument}>"
    return [
        path(f"{key}/", _list(directory), name=key),
        path(f"{key}.csv", _csv(directory), name=f"{key}_csv"),
        path(f"{key}/new/", _new(directory), name=f"{key}_new"),
        path(f"{one}/", _one(directory), name=f"{key}_one"),
        path(f"{one}/archive/", _turned(directory, verbs.archive), name=f"{key}_archive"),
        path(f"{one}/restore/", _turned(directory, verbs.restore), name=f"{key}_restore"),
    ]


def _url(directory: Directory, name: str, row: Any = None) -> str:
    kwargs = {directory.argument: row.pk} if row is not None else None
    return reverse(f"{directory.domain}:{directory.key}{name}", kwargs=kwargs)


def _list(directory: Directory) -> Any:
    @page(directory.see)
    def listed(request: Request) -> HttpResponse:
        form = SearchForm(request.GET)
        wanted = form.cleaned_data if form.is_valid() else {}
        rows = directory.found(request.actor, wanted.get("q", ""), wanted.get("archived", False))
        shown = page_of(
            rows,
            (_order(directory, request.GET.get("sort", "")),),
            **cursors(request.GET),
            limit=ROWS,
            counted=True,
        )
        more = [each.of(request.actor, shown.items) for each in directory.more]
        lines = [
            {
                "cells": [directory.shown(row, name) for name in directory.fields],
                "more": [found.get(row.pk, "–") for found in more],
                "url": _url(directory, "_one", row),
            }
            for row in shown.items
        ]
        return render(
            request,
            "kernel/directory_list.html",
            {
                "directory": directory,
                "tabs": [
                    Tab(each.title, _url(each, ""), current=each is directory)
                    for each in FAMILIES[directory.domain]
                    if request.actor.may(each.see)
                ],
                "form": form,
                "lines": lines,
                "shown": shown,
                "columns": _columns(directory),
                "csv": _url(directory, "_csv"),
                "new_url": _url(directory, "_new") if directory.may_add(request.actor) else "",
            },
        )

    return listed


def _columns(directory: Directory) -> list[Column]:
    plain = [
        Column(name, directory.label(name).capitalize(), sortable=_sorts(directory, name))
        for name in directory.fields
    ]
    return [*plain, *(Column(f"more{at}", each.label) for at, each in enumerate(directory.more))]


def _sorts(directory: Directory, name: str) -> bool:
    found = directory.model._meta.get_field(name)
    return not found.is_relation and not found.null


def _order(directory: Directory, wanted: str) -> str:
    name = wanted.removeprefix("-")
    return wanted if name in directory.fields and _sorts(directory, name) else "name"


def _csv(directory: Directory) -> Any:
    @page(directory.see)
    def csv(request: Request) -> HttpResponse | StreamingHttpResponse:
        wanted = SearchForm(request.GET)
        given = wanted.cleaned_data if wanted.is_valid() else {}
        rows = directory.found(request.actor, given.get("q", ""), given.get("archived", False)).order_by(
            "name", "pk"
        )
        lines = ([str(getattr(row, name)) for name in directory.fields] for row in rows.iterator(chunk_size=500))
        return response(f"{directory.key}.csv", csv_chunks(directory.fields, lines))

    return csv


def _form(directory: Directory, actor: Actor, row: Any, data: Any = None) -> Any:
    made = forms.modelform_factory(directory.model, fields=directory.fields)
    form = made(data, instance=row)
    for name, visible in directory.picks.items():
        form.fields[name].queryset = visible(actor, directory.keep).filter(archived=False)
    return form


def _kept(request: Request, directory: Directory, row: Any) -> HttpResponse:
    """The form of one row, new or known, and what comes of it."""
    form = _form(directory, request.actor, row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = verbs.keep(
                directory,
                values=form.cleaned_data,
                by=request.actor,
                at=request.at,
                row_id=row.pk if row else None,
            )
        except Refused as refused:
            if refused.status != Refused.status:
                raise
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("%(name)s is kept.") % {"name": row.name})
            return HttpResponseRedirect(_url(directory, ""))
    status = 422 if form.is_bound and form.errors else 200
    archive_url = _url(directory, "_restore" if row.archived else "_archive", row) if row else ""
    values = {
        "directory": directory,
        "form": form,
        "row": row,
        "back": _url(directory, ""),
        "archive_url": archive_url,
    }
    return render(request, "kernel/directory_one.html", values, status=status)


def _new(directory: Directory) -> Any:
    @page(directory.keep, methods=("GET", "POST"))
    def new(request: Request) -> HttpResponse:
        if not directory.may_add(request.actor):
            refuse(request.actor)
        return _kept(request, directory, None)

    return new


def _one(directory: Directory) -> Any:
    @page(directory.see, methods=("GET", "POST"))
    def one(request: Request, **ids: int) -> HttpResponse:
        row = directory.the(request.actor, ids[directory.argument], to_keep=request.method == "POST")
        if directory.keepable(request.actor).filter(pk=row.pk).exists():
            return _kept(request, directory, row)
        pairs = [(directory.label(name).capitalize(), directory.shown(row, name)) for name in directory.fields]
        values = {"directory": directory, "row": row, "pairs": pairs, "back": _url(directory, "")}
        return render(request, "kernel/directory_one.html", values)

    return one


def _turned(directory: Directory, verb: Any) -> Any:
    @page(directory.keep, methods=("POST",))
    def turned(request: Request, **ids: int) -> HttpResponse:
        row = verb(directory, row_id=ids[directory.argument], by=request.actor, at=request.at)
        word = _("%(name)s is archived.") if row.archived else _("%(name)s is offered again.")
        messages.success(request, word % {"name": row.name})
        return HttpResponseRedirect(_url(directory, ""))

    return turned
