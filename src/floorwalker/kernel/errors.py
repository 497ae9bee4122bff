"""Refusals: what a service says when something may not be done, mapped once to pages and to problem+json.

A domain keeps its own refusals beside the functions that raise them. ``code`` is for programs and never changes;
``text`` is a sentence for people: what, where, and what to do; ``facts`` are the values in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something may not be done. Subclasses state ``code``, ``status`` and ``text`` (with ``{facts}``)."""

    code = "refused"
    status = 422
    text: Any = _("This cannot be done.")

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(str(self))

    def __str__(self) -> str:
        return str(self.text).format(**self.facts)


class NotFound(Refused):
    """There is no such thing, or it is not theirs; the answer is the same."""

    code = "not_found"
    status = 404
    text = _("There is nothing here, or it is not yours to see.")


class NotSignedIn(Refused):
    code = "not_signed_in"
    status = 401
    text = _("Sign in first.")


class Stale(Refused):
    """Somebody else changed the thing since it was read."""

    code = "stale"
    status = 409
    text = _("Somebody changed this while you were looking. Here is how it stands now; your change was not made.")


class Invalid(Refused):
    """Input that is well formed but not allowed."""

    code = "invalid"
    status = 422
    text = _("{problem}")


def refusals(base: type[Refused] = Refused) -> Iterator[type[Refused]]:
    """Every refusal of every loaded domain, for the reference page and its test."""
    for each in base.__subclasses__():
        yield each
        yield from refusals(each)


def _back_to(request: HttpRequest) -> str:
    """Where somebody goes on after signing in: what they asked for, or the page a form was sent from."""
    if request.method != "POST":
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return "/"
    return f"{page.path}?{page.query}" if page.query else page.path


class RefusalMiddleware:
    """Turns a refusal into a page with its status, once for all pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotSignedIn):
            query = urlencode({"next": _back_to(request)})
            if request.method == "POST":
                said = _("You were no longer signed in: what you sent was not saved. Sign in, then do it again.")
                messages.warning(request, said)
            return HttpResponseRedirect(f"{resolve_url('account_login')}?{query}")
        if isinstance(exception, Refused):
            response = render(request, "ui/refused.html", {"refused": exception}, status=exception.status)
            response.refused = exception  # type: ignore[attr-defined]  (whoever audits wants to know why)
            return response
        return None
