"""Pages on which colleagues write to each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.hub import forms, queries, services
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.views.tabs import hub_tabs
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.look import Column, Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.picking import offers
from floorwalker.kernel.taking import taken_along

KINDS = {
    "": gettext_lazy("Everything"),
    "question": gettext_lazy("Questions"),
    "open": gettext_lazy("Open questions"),
    "practice": gettext_lazy("What works"),
    "message": gettext_lazy("Messages"),
}
EXPORTED = ("number", "under", "at", "kind", "by", "to", "about", "words", "state", "used_by")
WEEK_COLUMNS = [
    Column("week", gettext_lazy("Week of")),
    Column("questions", gettext_lazy("Questions"), kind="number"),
    Column("replies", gettext_lazy("Replies"), kind="number"),
    Column("accepted", gettext_lazy("Answered"), kind="number"),
    Column("practices", gettext_lazy("What works"), kind="number"),
    Column("used", gettext_lazy("Used"), kind="number"),
    Column("messages", gettext_lazy("Messages"), kind="number"),
]


@page(P.READ)
def board(request: Request) -> HttpResponse:
    """What is written, the latest word first, and one field to write in."""
    return _board(request, None)


def _board(request: Request, tried: forms.PostForm | None) -> HttpResponse:
    actor = request.actor
    kind, tag = request.GET.get("kind", ""), request.GET.get("tag", "")
    if kind not in KINDS or (tag and not tag.isdigit()):
        raise NotFound
    form = tried
    if form is None and actor.may(P.POST):
        form = forms.PostForm(actor=actor, at=request.at)
        if offered := offers(request, form):
            return offered
    about = queries.the_tag(actor, int(tag)) if tag else None
    at = f"&tag={about.pk}" if about else ""
    context = {
        "found": queries.board(actor, kind, about.pk if about else None, **cursors(request.GET)),
        "form": form,
        "kind": kind,
        "about": about,
        "tabs": hub_tabs(actor, "hub:board"),
        "kinds": [
            Tab(label, f"{reverse('hub:board')}?kind={key}{at}", key == kind) for key, label in KINDS.items()
        ],
        "to_confirm": queries.to_confirm(actor),
        "unread": queries.unread(actor),
        "sees_use": actor.may(P.SEE_USE),
    }
    return render(request, "hub/board.html", context, status=422 if tried is not None else 200)


@page(P.POST, methods=("POST",))
def post(request: Request) -> HttpResponse:
    """One press: the button says what it is."""
    form = forms.PostForm(request.POST, actor=request.actor, at=request.at)
    if form.is_valid():
        try:
            written = services.post(**form.written(), by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("hub:thread", written.pk)
    return _board(request, form)


@page(P.READ)
def thread(request: Request, post_id: int) -> HttpResponse:
    """What began it, and every reply; the accepted answer first."""
    found = queries.the_post(request.actor, post_id)
    if found.root_id is not None:
        return redirect(f"{reverse('hub:thread', args=[found.root_id])}#post-{found.pk}")
    return _thread(request, found)


def _thread(request: Request, root: Any, **tried: django_forms.Form) -> HttpResponse:
    actor = request.actor
    shown = queries.thread(actor, root, **cursors(request.GET))
    mention = None
    if shown.begins.may_mention:
        mention = forms.MentionForm(actor=actor, post=root, at=request.at)
        if offered := offers(request, mention):
            return offered
    context = {
        "thread": shown,
        "root": shown.begins.post,
        "reply": forms.PostReplyForm() if shown.may_reply else None,
        "mention": mention,
        "hide": forms.HideForm(),
        "report": forms.ReportForm(),
        "edits": queries.edits(root) if root.edited_at else [],
        "tabs": hub_tabs(actor, "hub:board"),
    }
    return render(request, "hub/thread.html", context | tried, status=422 if tried else 200)


def step(
    request: Request, post_id: int, key: str, form: django_forms.Form, verb: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Do something to a post with what a form holds: the thread again, with the reason where it was refused."""
    seen = queries.the_post(request.actor, post_id)
    root = seen.root or seen
    if form.is_valid():
        try:
            verb(form.cleaned_data)
        except NotFound:
            raise
        except Refused as refused:
            if refused.status != Refused.status:
                raise
            form.add_error(None, str(refused))
        else:
            return redirect(f"{reverse('hub:thread', args=[root.pk])}#post-{seen.pk}")
    return _thread(request, root, **{key: form})


@page(P.POST, methods=("POST",))
def reply(request: Request, post_id: int) -> HttpResponse:
    def verb(given: dict[str, Any]) -> None:
        services.reply(post_id=post_id, text=given["text"], by=request.actor, at=request.at)

    return step(request, post_id, "reply", forms.PostReplyForm(request.POST), verb)


@page(P.POST, methods=("POST",))
def accept(request: Request, post_id: int) -> HttpResponse:
    question = services.accept(post_id=post_id, by=request.actor, at=request.at)
    messages.success(request, _("Accepted. Whoever answered knows it helped you."))
    return redirect("hub:thread", question.pk)


@page(P.POST, methods=("POST",))
def use(request: Request, post_id: int) -> HttpResponse:
    found = services.use(post_id=post_id, by=request.actor, at=request.at)
    messages.success(request, _("Counted: it has worked for you, too."))
    return redirect("hub:thread", found.pk)


@page(P.POST, methods=("GET", "POST"))
def edit(request: Request, post_id: int) -> HttpResponse:
    """Its author changes the words; others are led to the thread."""
    found = queries.the_post(request.actor, post_id, P.POST)
    if found.author_id != request.actor.user_id:
        if request.method == "POST":
            raise NotFound
        return redirect("hub:thread", found.root_id or found.pk)
    form = forms.PostEditForm(request.POST or None, actor=request.actor, post=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.edit(
                post_id=post_id,
                text=given["text"],
                tag_id=given.get("tag"),
                version=given["version"],
                by=request.actor,
                at=request.at,
            )
        except services.NothingWritten as refused:
            form.add_error("text", str(refused))
        else:
            return redirect(f"{reverse('hub:thread', args=[found.root_id or found.pk])}#post-{found.pk}")
    return render(request, "hub/edit.html", {"form": form, "post": found}, status=422 if form.errors else 200)


@page(P.POST, methods=("POST",))
def mention(request: Request, post_id: int) -> HttpResponse:
    found = queries.the_post(request.actor, post_id, P.POST)
    form = forms.MentionForm(request.POST, actor=request.actor, post=found, at=request.at)

    def verb(given: dict[str, Any]) -> None:
        services.mention(post_id=post_id, user_id=given["mention"], by=request.actor, at=request.at)
        messages.success(request, _("They are told."))

    return step(request, post_id, "mention", form, verb)


@page(P.MODERATE, P.JUDGE, methods=("POST",))
def hide(request: Request, post_id: int) -> HttpResponse:
    queries.the_post_to_moderate(request.actor, post_id)

    def verb(given: dict[str, Any]) -> None:
        services.hide(post_id=post_id, why=given["why"], by=request.actor, at=request.at)
        messages.success(request, _("Hidden. Its author reads why."))

    form = forms.HideForm(request.POST)
    if queries.visible_posts(request.actor).filter(pk=post_id).exists():
        return step(request, post_id, "hide", form, verb)
    # Who decides where nobody else may does not read the thread the post stands in.
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    verb(form.cleaned_data)
    return redirect("hub:reported")


@page(P.MODERATE, P.JUDGE, methods=("POST",))
def restore(request: Request, post_id: int) -> HttpResponse:
    found = services.restore(post_id=post_id, by=request.actor, at=request.at)
    messages.success(request, _("It is shown again."))
    if not queries.visible_posts(request.actor).filter(pk=post_id).exists():
        return redirect("hub:reported")
    return redirect("hub:thread", found.root_id or found.pk)


@page(P.READ)
def posts_csv(request: Request) -> StreamingHttpResponse:
    """Everything one may read, as a table."""
    return taken_along(request, "hub.csv", EXPORTED, queries.posts_exported(request.actor))


@page(P.READ)
def search(request: Request) -> HttpResponse:
    """Words in everything one may see."""
    form = forms.FindForm(request.GET if "q" in request.GET else None)
    text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    context = {
        "form": form,
        "text": text,
        "search": queries.search(request.actor, text) if text else None,
        "tabs": hub_tabs(request.actor, "hub:search"),
    }
    return render(request, "hub/search.html", context)


@page(P.SEE_USE)
def use_of_hub(request: Request) -> HttpResponse:
    """Counts by week, never of a person."""
    context = {
        "use": queries.use(request.actor, request.at.date()),
        "columns": WEEK_COLUMNS,
        "tabs": hub_tabs(request.actor, "hub:use_of_hub"),
    }
    return render(request, "hub/use.html", context)
