"""One's own account for programs: where one is signed in, and which programs act in one's name.

Passwords, second factors, addresses, roles and the making of tokens stay with the pages: they ask for a proof of
who one is that a program cannot give (ADR 11).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.accounts import queries, services
from floorwalker.apps.accounts.permissions import AccountPermission as P
from floorwalker.kernel.api import Out, Page, Paging, operation, verb
from floorwalker.kernel.pages import Request

router = Router(tags=["Own account"])


class SignInOut(Out):
    """One sign-in that still stands."""

    id: int
    device: str
    how: str
    address: str | None
    opened_at: datetime
    seen_at: datetime


class TokenOut(Out):
    """A program that acts in one's name; its secret was told once and is kept nowhere."""

    id: int
    name: str
    begins_with: str
    scopes: list[str] = Field(description="Permissions, cut by what you may yourself.")
    networks: list[str]
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@operation(
    router,
    "get",
    "/my-account/sessions",
    P.SEE_MY_ACCOUNT,
    response=Page[SignInOut],
    summary=_("Where one is signed in"),
)
def list_sessions(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.own_sessions(request.actor), "-seen_at")


verb(
    router,
    "post",
    "/my-account/sessions/{int:session_id}/close",
    P.SEE_MY_ACCOUNT,
    does=services.close_session,
    status=204,
    summary=_("Sign a device out"),
    about="The next request from there is a stranger's.",
)


@operation(
    router,
    "get",
    "/my-account/tokens",
    P.SEE_MY_ACCOUNT,
    response=Page[TokenOut],
    summary=_("Programs that act in one's name"),
)
def list_tokens(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_tokens(request.actor), "name")


verb(
    router,
    "post",
    "/my-account/tokens/{int:token_id}/revoke",
    P.SEE_MY_ACCOUNT,
    P.SEE_TOKENS,
    does=services.revoke_token,
    status=204,
    summary=_("Void a token"),
    about="One's own, or anybody's for who runs the installation; at once.",
)
