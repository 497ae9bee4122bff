"""Doors that ask again: before rights change, and after a device was left alone."""

from __future__ import annotations

import functools
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpResponse

from floorwalker.apps.accounts.entrance.standing import is_awake, is_fresh, session_of_request
from floorwalker.apps.accounts.refusals import SignInAgain
from floorwalker.kernel.pages import Request, View


def fresh(view: View) -> View:
    """Below the door: for who proved in the last five minutes that it is them; asks, and then goes on."""

    @functools.wraps(view)
    def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        session = session_of_request(request)
        if session is None or not is_fresh(session, request.at):
            _ask(request)
        return view(request, *args, **kwargs)

    return asked


def awake(view: View) -> View:
    """Below the door: asks again after an hour in which nothing was done here."""

    @functools.wraps(view)
    def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        session = session_of_request(request)
        if session is None or not is_awake(session):
            _ask(request)
        return view(request, *args, **kwargs)

    return asked


def _ask(request: Request) -> None:
    """The library keeps the request, asks, and repeats it; who has nothing to show signs in again."""
    if not get_adapter().get_reauthentication_methods(request.user):
        raise SignInAgain
    raise ReauthenticationRequired
