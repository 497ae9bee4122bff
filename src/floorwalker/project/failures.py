"""What is answered when something broke: the database away, or all its connections taken, is said as such.

What nobody foresaw gets a reference, which stands beside what happened in the log and nowhere else.
"""

from __future__ import annotations

import logging
import secrets
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext_lazy as _
from psycopg_pool import PoolTimeout, TooManyRequests

from floorwalker.kernel.api.problems import problem
from floorwalker.kernel.errors import Refused

log = logging.getLogger(__name__)
API, LIVE = "/api/", "text/event-stream"


class Away(Refused):
    """The database does not answer."""

    code = "database_away"
    status = 503
    retry_seconds = 30
    text = _(
        "The database does not answer. What you had saved is safe; what you sent just now was not saved. "
        "Try again in half a minute."
    )


class Busy(Away):
    """Every connection to the database was taken for as long as a request waits for one."""

    code = "busy"
    retry_seconds = 5
    text = _(
        "The suite is busy. What you had saved is safe; what you sent just now was not saved. "
        "Try again in a moment."
    )


class Broken(Refused):
    """Something nobody foresaw."""

    code = "broken"
    status = 500
    text = _(
        "Something broke on our side. What you had saved before is safe; what you sent just now was not saved. "
        "Try again; if it happens again, tell your administrator this reference: {reference}."
    )


def broken(request: HttpRequest) -> HttpResponse:
    """The answer to what nobody foresaw; without the database it says to wait.

    Of the request only its address and the kind of answer it takes can still be relied upon.
    """
    error = sys.exc_info()[1]
    if not isinstance(error, OperationalError | InterfaceError):
        unforeseen = Broken(reference=secrets.token_hex(4))
        # The framework writes the traceback itself, as the next entry.
        log.error("Reference %s: %s at %s", unforeseen.facts["reference"], type(error).__name__, request.path)
        return _in_kind(request, unforeseen, "500.html")
    taken = isinstance(error.__cause__, PoolTimeout | TooManyRequests)
    refused = Busy() if taken else Away()
    answer = _in_kind(request, refused, "503.html")
    answer["Retry-After"] = str(refused.retry_seconds)
    return answer


def _in_kind(request: HttpRequest, refused: Refused, template: str) -> HttpResponse:
    if request.path.startswith(API):
        return problem(refused)
    if request.headers.get("Accept", "") == LIVE:
        return HttpResponse(str(refused), status=refused.status, content_type="text/plain; charset=utf-8")
    page = loader.get_template(template).render({"refused": refused})
    return HttpResponse(page, status=refused.status)
