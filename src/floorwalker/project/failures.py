"""What is answered when something broke: the database away is said as such."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

RETRY_SECONDS = 30


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - nothing of it can be relied upon any more
    """The page for what nobody foresaw; without the database it says to wait."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    page = loader.get_template("503.html" if away else "500.html").render()
    if away:
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return HttpResponse(page, status=500)
