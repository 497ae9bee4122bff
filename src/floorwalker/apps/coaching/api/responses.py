"""Same behaviour, same response, for programs: counts by who answered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.api import Out, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Coaching"])


class ResponseOut(Out):
    """The answers of one person to one behaviour; fewer than ten, or to fewer than five people, are not told."""

    behaviour_id: int
    name: str = Field(description="Who answered; empty for all others together.")
    answers: int
    steps: list[int] = Field(description="How often the first, the second and the third step.")
    usual: int
    firmer: int
    milder: int
    differs: str = Field(description="Firmer or milder where chance does not explain it, else empty.")


@operation(
    router,
    "get",
    "/responses",
    P.SEE_RESPONSES,
    response=list[ResponseOut],
    summary=_("Which steps each behaviour got, and from whom"),
)
def list_responses(request: Request) -> Any:
    found = []
    for part in queries.responses(request.actor, request.at):
        lines = [(each.name, each.given, each.difference) for each in part.lines]
        lines += [("", part.rest, None)] if part.rest else []
        found += [
            {
                "behaviour_id": part.behaviour.pk,
                "name": name,
                "answers": given.answers,
                "steps": given.rungs,
                **given.steps,
                "differs": difference.step if difference else "",
            }
            for name, given, difference in lines
        ]
    return found
