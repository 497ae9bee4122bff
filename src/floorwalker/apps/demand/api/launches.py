"""New accounts from signature to go-live, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.api.router import router
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

ONE = "/new-accounts/{int:launch_id}"
ITEM = "/new-account-items/{int:launch_item_id}"


class LaunchOut(Out):
    id: int
    client_id: int
    name: str
    signed_on: date
    go_live: date
    went_live_at: datetime | None
    called_off_at: datetime | None


class LaunchItemOut(Out):
    """One thing that must stand before go-live."""

    id: int = Field(alias="item.id")
    kind: str = Field(alias="item.kind")
    owner_id: int = Field(alias="item.owner_id", description="Who brings it.")
    due: date = Field(alias="item.due")
    chosen: str = Field(
        alias="item.chosen",
        description="A form for all clients, or where the training material is: a person's word for it.",
    )
    done: bool
    late: bool


class LaunchStateOut(Out):
    launch: LaunchOut
    items: list[LaunchItemOut] = Field(description="Open ones first, and of those the late.")


class LaunchIn(In):
    client_id: int
    name: str = Field(min_length=1, max_length=120, description="What goes live.")
    signed_on: date
    go_live: date
    owner_id: int = Field(description="Who brings it about; each item can be given to somebody else.")


class LaunchItemGiven(In):
    owner_id: int
    due: date


class LaunchForm(In):
    form_id: int = Field(description="A quality form in force that is for all clients.")


class LaunchTraining(In):
    material: str = Field(
        min_length=1, max_length=300, description="What they learn from, in which order, and where it lies."
    )


class LaunchReason(In):
    why: str = Field(min_length=1, max_length=300, description="Whoever promised something reads it.")


def _state(request: Request, launch_id: int) -> Any:
    launch = queries.the_launch(request.actor, launch_id)
    return queries.launch_states([launch], request.actor.today(request.at))[0]


@operation(router, "get", "/new-accounts", P.LAUNCH_ACCOUNTS, response=Page[LaunchOut], summary=_("New accounts"))
def list_launches(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_launches(request.actor), "go_live")


@operation(
    router,
    "post",
    "/new-accounts",
    P.LAUNCH_ACCOUNTS,
    response=LaunchStateOut,
    status=201,
    summary=_("Begin a new account"),
)
def open_launch(request: Request, payload: LaunchIn) -> Any:
    """Every item is a promise of its owner, due on a day between signature and go-live."""
    told = payload.dict()
    client = queries.the_client_to_agree_with(request.actor, told.pop("client_id"), P.LAUNCH_ACCOUNTS)
    owner = told.pop("owner_id")
    made = services.open_launch(client=client, owner=owner, **told, by=request.actor, at=request.at)
    return _state(request, made.pk)


@operation(
    router, "get", ONE, P.LAUNCH_ACCOUNTS, response=LaunchStateOut, summary=_("A new account, item by item")
)
def get_launch(request: Request, launch_id: int) -> Any:
    return _state(request, launch_id)


@operation(
    router,
    "post",
    f"{ONE}/go-live",
    P.LAUNCH_ACCOUNTS,
    response=LaunchStateOut,
    summary=_("Say that a new account is live"),
)
def go_live(request: Request, launch_id: int) -> Any:
    """Everything else has to stand."""
    launch = queries.the_launch(request.actor, launch_id)
    services.go_live(launch=launch, by=request.actor, at=request.at)
    return _state(request, launch_id)


@operation(
    router,
    "post",
    f"{ONE}/call-off",
    P.LAUNCH_ACCOUNTS,
    response=LaunchStateOut,
    summary=_("Say that a new account does not come"),
)
def call_off(request: Request, launch_id: int, payload: LaunchReason) -> Any:
    """Its open promises are withdrawn."""
    launch = queries.the_launch(request.actor, launch_id)
    services.call_off(launch=launch, why=payload.why, by=request.actor, at=request.at)
    return _state(request, launch_id)


@operation(
    router,
    "post",
    f"{ITEM}/give",
    P.LAUNCH_ACCOUNTS,
    response=LaunchStateOut,
    summary=_("Give an item another owner or day"),
)
def give_item(request: Request, launch_item_id: int, payload: LaunchItemGiven) -> Any:
    item = queries.the_item(request.actor, launch_item_id)
    given = {"owner": payload.owner_id, "due": payload.due}
    services.give_item(item=item, **given, by=request.actor, at=request.at)
    return _state(request, item.launch_id)


@operation(
    router,
    "post",
    f"{ITEM}/take-form",
    P.LAUNCH_ACCOUNTS,
    response=LaunchStateOut,
    summary=_("Take a quality form for all clients for an account"),
)
def take_launch_form(request: Request, launch_item_id: int, payload: LaunchForm) -> Any:
    """One of the client's own stands by itself once it is in force."""
    item = queries.the_item(request.actor, launch_item_id)
    services.take_form(item=item, form_id=payload.form_id, by=request.actor, at=request.at)
    return _state(request, item.launch_id)


@operation(
    router,
    "post",
    f"{ITEM}/training",
    P.LAUNCH_ACCOUNTS,
    response=LaunchStateOut,
    summary=_("Say where the training material of an account is"),
)
def say_training(request: Request, launch_item_id: int, payload: LaunchTraining) -> Any:
    """The item stands from now on, and its promise is kept."""
    item = queries.the_item(request.actor, launch_item_id)
    services.say_training(item=item, material=payload.material, by=request.actor, at=request.at)
    return _state(request, item.launch_id)
