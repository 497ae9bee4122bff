"""Practising alone, for programs of the one who plays."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.api.router import router
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.shapes import NeverTakenOut, PlayAnswerIn, PlayLineShown, PlayNowOut, PlayOut
from floorwalker.apps.people import queries as people
from floorwalker.kernel.api import Page, Paging, operation
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.pages import Request

ONE = "/arena/plays/{int:play_id}"


@operation(router, "get", "/arena/plays", P.PLAY, response=Page[PlayOut], summary=_("Your plays"))
def list_plays(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_plays(request.actor), "-began_at")


@operation(
    router,
    "post",
    "/arena/scenarios/{int:scenario_id}/plays",
    P.PLAY,
    response=PlayNowOut,
    status=201,
    summary=_("Practise a scenario"),
)
def begin(request: Request, scenario_id: int) -> Any:
    """One that is under way goes on."""
    agent = people.agent_of(request.actor)
    version = queries.in_force(request.actor, scenario_id)
    if agent is None:
        raise NotFound
    play = services.begin_play(version_id=version.pk, agent_id=agent.pk, by=request.actor, at=request.at)
    return queries.plain_play(request.actor, play.pk)


@operation(
    router, "get", ONE, P.PLAY, response=PlayNowOut, summary=_("A play: the line that stands, or how it went")
)
def get_play(request: Request, play_id: int) -> Any:
    return queries.plain_play(request.actor, play_id)


@operation(router, "post", f"{ONE}/answer", P.PLAY, response=PlayNowOut, summary=_("Answer the line that stands"))
def answer(request: Request, play_id: int, payload: PlayAnswerIn) -> Any:
    services.answer(play_id=play_id, **payload.dict(), by=request.actor, at=request.at)
    return queries.plain_play(request.actor, play_id)


@operation(router, "post", f"{ONE}/shown", P.PLAY, status=204, summary=_("Say that a line stands on the screen"))
def shown(request: Request, play_id: int, payload: PlayLineShown) -> None:
    """Its time counts from then, so that a slow line is not the player's."""
    services.shown(play_id=play_id, number=payload.number, by=request.actor, at=request.at)


@operation(router, "post", f"{ONE}/give-up", P.PLAY, response=PlayOut, summary=_("Stop a play"))
def give_up(request: Request, play_id: int) -> Any:
    return services.give_up(play_id=play_id, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    "/arena/scenarios/{int:scenario_id}/never-taken",
    P.PLAY,
    response=list[NeverTakenOut],
    summary=_("Answers you have never given, at lines you came by"),
)
def never_taken(request: Request, scenario_id: int) -> Any:
    found = queries.never_tried(request.actor, queries.in_force(request.actor, scenario_id))
    return [{"line": line, "answers": answers} for line, answers in found]
