"""Buddies and peer coaching for programs: the pairs in sight; what the two write, only to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Buddies and peer coaching"])
MEANT = Field(False, description="Words on health, family, religion or unions belong there all the same.")


class PairOut(Out):
    id: int
    kind: str
    helper_id: int
    learner_id: int
    about: str
    first_day: date
    last_day: date
    state: str
    helper_yes_at: datetime | None
    learner_yes_at: datetime | None
    ended_at: datetime | None


class MeetingOut(Out):
    id: int
    pair_id: int
    minutes: int
    state: str
    begins_at: datetime | None
    held_at: datetime | None


class PeerNoteOut(Out):
    id: int
    by_id: int
    words: str
    at: datetime


class ProposePair(In):
    kind: Literal["buddy", "peer"]
    helper_id: int
    learner_id: int
    about: str = Field(min_length=1, max_length=200)
    first_day: date
    last_day: date
    meant: bool = MEANT


class PlanMeeting(In):
    meeting_minutes: int = Field(30, ge=5, le=120)
    due: datetime


class PlaceMeeting(In):
    start: datetime


class AddPeerNote(In):
    words: str = Field(min_length=1, max_length=2000)
    meant: bool = MEANT


@operation(router, "get", "/pairs", P.SEE_PAIRS, response=Page[PairOut], summary=_("Pairs that help each other"))
def list_pairs(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_pairs(request.actor), "-proposed_at")


@operation(router, "post", "/pairs", P.PAIR, response=PairOut, status=201, summary=_("Propose a pair"))
def propose_pair(request: Request, payload: ProposePair) -> Any:
    return services.propose_pair(**payload.dict(), by=request.actor, at=request.at)


@operation(router, "get", "/pairs/{int:pair_id}", P.SEE_PAIRS, response=PairOut, summary=_("One pair"))
def get_pair(request: Request, pair_id: int) -> Any:
    return queries.the_pair(request.actor, pair_id)


@operation(
    router, "post", "/pairs/{int:pair_id}/accept", P.SEE_PAIRS, response=PairOut, summary=_("Say yes to a pair")
)
def accept_pair(request: Request, pair_id: int) -> Any:
    return services.accept_pair(pair_id=pair_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/pairs/{int:pair_id}/decline", P.SEE_PAIRS, response=PairOut, summary=_("Say no to a pair")
)
def decline_pair(request: Request, pair_id: int) -> Any:
    return services.decline_pair(pair_id=pair_id, by=request.actor, at=request.at)


@operation(router, "post", "/pairs/{int:pair_id}/end", P.SEE_PAIRS, response=PairOut, summary=_("End a pair"))
def end_pair(request: Request, pair_id: int) -> Any:
    return services.end_pair(pair_id=pair_id, by=request.actor, at=request.at)


@operation(
    router, "get", "/pairs/{int:pair_id}/meetings", P.SEE_PAIRS, response=Page[MeetingOut],
    summary=_("Meetings of a pair"),
)  # fmt: skip
def list_meetings(request: Request, pair_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_pair(request.actor, pair_id)
    return paging.of(queries.visible_meetings(request.actor).filter(pair=found), "-made_at")


@operation(
    router, "post", "/pairs/{int:pair_id}/meetings", P.PAIR, response=MeetingOut, status=201,
    summary=_("Owe a pair a meeting"),
)  # fmt: skip
def plan_meeting(request: Request, pair_id: int, payload: PlanMeeting) -> Any:
    return services.plan_meeting(pair_id=pair_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/meetings/{int:meeting_id}/place", P.PAIR, response=MeetingOut,
    summary=_("Give a meeting its time"),
)  # fmt: skip
def place_meeting(request: Request, meeting_id: int, payload: PlaceMeeting) -> Any:
    return services.place_meeting(meeting_id=meeting_id, start=payload.start, by=request.actor, at=request.at)


@operation(
    router, "post", "/meetings/{int:meeting_id}/hold", P.SEE_PAIRS, response=MeetingOut, summary=_("They met")
)
def hold_meeting(request: Request, meeting_id: int) -> Any:
    return services.hold_meeting(meeting_id=meeting_id, by=request.actor, at=request.at)


@operation(
    router, "get", "/pairs/{int:pair_id}/notes", P.SEE_PAIRS, response=Page[PeerNoteOut],
    summary=_("What the two wrote to each other"),
)  # fmt: skip
def list_peer_notes(request: Request, pair_id: int, paging: Query[Paging]) -> Any:
    """Empty to whoever leads them."""
    found = queries.the_pair(request.actor, pair_id)
    return paging.of(queries.visible_peer_notes(request.actor).filter(pair=found), "at")


@operation(
    router, "post", "/pairs/{int:pair_id}/notes", P.SEE_PAIRS, response=PeerNoteOut, status=201,
    summary=_("Write to the other of a pair"),
)  # fmt: skip
def add_peer_note(request: Request, pair_id: int, payload: AddPeerNote) -> Any:
    return services.add_peer_note(pair_id=pair_id, **payload.dict(), by=request.actor, at=request.at)
