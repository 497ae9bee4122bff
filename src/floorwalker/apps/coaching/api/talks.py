"""One-to-ones for programs: to its two people what the pages show, to nobody else anything."""

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

router = Router(tags=["One-to-ones"])
MEANT = Field(False, description="Words on health, family, religion or unions belong there all the same.")


class TalkOut(Out):
    id: int
    agent_id: int
    lead_id: int
    state: str
    minutes: int
    due: datetime
    asked_by_agent: bool
    offered: bool = Field(description="To an independent contractor, who owes nobody an answer.")
    session: int | None = Field(description="Its time off the phones.")
    begins_at: datetime | None
    held_at: datetime | None
    ended_at: datetime | None
    answer: str
    why_no_action: str
    follow_up_on: date | None
    version: int


class AgendaItemOut(Out):
    id: int
    kind: str
    words: str
    source: str
    ref: int | None
    by_id: int
    at: datetime
    looked_up_by_id: int | None
    look_up_until: datetime | None
    outcome: str
    outcome_words: str


class TalkNoteOut(Out):
    id: int
    side: str
    by_id: int
    words: str
    at: datetime


class EvidenceOut(Out):
    key: str
    words: str
    url: str
    chosen: bool


class ActionOut(Out):
    id: int
    talk_id: int
    agent_id: int
    lead_id: int
    what: str
    behaviour_id: int | None
    item_id: int | None
    measure: str
    target: str
    support: str
    due: date
    follow_up_on: date
    agreed_by_agent_at: datetime | None
    agreed_by_lead_at: datetime | None
    state: str
    said_done_at: datetime | None
    outcome: str
    before: float | None
    after: float | None
    change_low: float | None
    change_high: float | None
    version: int


class TalkStates(In):
    state: Literal["all", "planned", "prepared", "held", "closed", "cancelled", "let_go", "ended"] = "all"


class ActionStates(In):
    state: Literal["all", "open", "done", "missed", "dropped"] = "open"


class PlanTalk(In):
    agent_id: int
    talk_minutes: int = Field(30, ge=5, le=120)
    due: datetime


class AskTalk(In):
    words: str = Field("", max_length=500)
    talk_minutes: int = Field(30, ge=5, le=120)
    meant: bool = MEANT


class TalkDue(In):
    due: datetime


class PlaceTalk(In):
    start: datetime
    version: int


class TalkWhy(In):
    why: str = Field("", max_length=300)


class PrepareTalk(In):
    evidence: list[str]


class AddItem(In):
    words: str = Field(min_length=1, max_length=500)
    meant: bool = MEANT


class ParkClaim(In):
    words: str = Field(min_length=1, max_length=500)
    until: datetime
    mine: bool = Field(True, description="The lead looks it up; false: the agent who parks it does.")
    meant: bool = MEANT


class SettleClaim(In):
    outcome: Literal["evidence", "dropped"]
    words: str = Field(min_length=1, max_length=500)
    meant: bool = MEANT


class AddNote(In):
    words: str = Field(min_length=1, max_length=2000)
    for_agent: bool = Field(False, description="The lead takes the agent's words down.")
    meant: bool = MEANT


class SetAction(In):
    what: str = Field(min_length=1, max_length=300)
    target: str = Field(min_length=1, max_length=200)
    due: date
    follow_up_on: date
    behaviour_id: int | None = None
    item_id: int | None = None
    measure: str = ""
    support: str = Field("", max_length=300)
    meant: bool = MEANT


class CloseTalk(In):
    follow_up_on: date | None = None
    why_no_action: str = Field("", max_length=300)
    meant: bool = MEANT


class HandTalkOn(In):
    to_user_id: int


class AgreeAction(In):
    version: int


class FollowUpAction(In):
    state: Literal["done", "missed"]
    words: str = Field("", max_length=500)
    meant: bool = MEANT


class DropAction(In):
    why: str = Field(min_length=1, max_length=300)
    meant: bool = MEANT


@operation(router, "get", "/one-to-ones", P.TALK, response=Page[TalkOut], summary=_("One-to-ones I may read"))
def list_talks(request: Request, wanted: Query[TalkStates], paging: Query[Paging]) -> Any:
    return paging.of(queries.talks_in(request.actor, wanted.state), "-made_at")


@operation(router, "post", "/one-to-ones", P.HOLD, response=TalkOut, status=201, summary=_("Plan a one-to-one"))
def plan_talk(request: Request, payload: PlanTalk) -> Any:
    return services.plan_talk(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/ask", P.TALK, response=TalkOut, status=201, summary=_("Ask for a one-to-one")
)
def ask_talk(request: Request, payload: AskTalk) -> Any:
    return services.ask_for_talk(**payload.dict(), by=request.actor, at=request.at)


@operation(router, "get", "/one-to-ones/{int:talk_id}", P.TALK, response=TalkOut, summary=_("One one-to-one"))
def get_talk(request: Request, talk_id: int) -> Any:
    services.read_talk(talk_id=talk_id, by=request.actor, at=request.at)
    return queries.the_talk(request.actor, talk_id)


@operation(
    router, "get", "/one-to-ones/{int:talk_id}/items", P.TALK, response=Page[AgendaItemOut],
    summary=_("Agenda and parked claims"),
)  # fmt: skip
def list_items(request: Request, talk_id: int, paging: Query[Paging]) -> Any:
    services.read_talk(talk_id=talk_id, by=request.actor, at=request.at)
    return paging.of(queries.visible_items(request.actor).filter(talk=talk_id), "at")


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/items", P.TALK, response=AgendaItemOut, status=201,
    summary=_("Put something on the agenda"),
)  # fmt: skip
def add_item(request: Request, talk_id: int, payload: AddItem) -> Any:
    return services.add_item(talk_id=talk_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/claims", P.TALK, response=AgendaItemOut, status=201,
    summary=_("Park somebody else's claim"),
)  # fmt: skip
def park_claim(request: Request, talk_id: int, payload: ParkClaim) -> Any:
    return services.park_claim(talk_id=talk_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/claims/{int:item_id}/settle", P.TALK, response=AgendaItemOut, summary=_("Settle a claim")
)
def settle_claim(request: Request, item_id: int, payload: SettleClaim) -> Any:
    return services.settle_claim(item_id=item_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "get", "/one-to-ones/{int:talk_id}/notes", P.TALK, response=Page[TalkNoteOut],
    summary=_("What was said in a one-to-one"),
)  # fmt: skip
def list_notes(request: Request, talk_id: int, paging: Query[Paging]) -> Any:
    services.read_talk(talk_id=talk_id, by=request.actor, at=request.at)
    return paging.of(queries.visible_notes(request.actor).filter(talk=talk_id), "at")


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/notes", P.TALK, response=TalkNoteOut, status=201,
    summary=_("Write in a one-to-one"),
)  # fmt: skip
def add_note(request: Request, talk_id: int, payload: AddNote) -> Any:
    return services.add_note(talk_id=talk_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "get", "/one-to-ones/{int:talk_id}/evidence", P.TALK, response=list[EvidenceOut],
    summary=_("What is known, for its lead to choose from"),
)  # fmt: skip
def list_evidence(request: Request, talk_id: int) -> Any:
    talk = services.talk_to_prepare(talk_id=talk_id, by=request.actor)
    return queries.evidence_for(request.actor, talk, request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/prepare", P.TALK, response=TalkOut,
    summary=_("Choose what it is about"),
)  # fmt: skip
def prepare_talk(request: Request, talk_id: int, payload: PrepareTalk) -> Any:
    return services.prepare_talk(talk_id=talk_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/take", P.TALK, response=TalkOut,
    summary=_("Take the offer of a one-to-one"),
)  # fmt: skip
def take_talk(request: Request, talk_id: int) -> Any:
    return services.take_offer(talk_id=talk_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/agree-time", P.TALK, response=TalkOut,
    summary=_("Agree to the time that was asked for"),
)  # fmt: skip
def agree_time(request: Request, talk_id: int, payload: TalkDue) -> Any:
    return services.agree_time(talk_id=talk_id, due=payload.due, by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/place", P.TALK, response=TalkOut,
    summary=_("Give a one-to-one its time"),
)  # fmt: skip
def place_talk(request: Request, talk_id: int, payload: PlaceTalk) -> Any:
    return services.place_talk(talk_id=talk_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/cancel", P.TALK, response=TalkOut,
    summary=_("Take its time away; it stays owed"),
)  # fmt: skip
def cancel_talk(request: Request, talk_id: int, payload: TalkWhy) -> Any:
    return services.cancel_talk(talk_id=talk_id, why=payload.why, by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/let-go", P.TALK, response=TalkOut,
    summary=_("Let a one-to-one go, as its agent"),
)  # fmt: skip
def let_go_talk(request: Request, talk_id: int, payload: TalkWhy) -> Any:
    return services.let_go_talk(talk_id=talk_id, why=payload.why, by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/hold", P.TALK, response=TalkOut, summary=_("It takes place")
)
def hold_talk(request: Request, talk_id: int) -> Any:
    return services.hold_talk(talk_id=talk_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/action", P.TALK, response=ActionOut,
    summary=_("Write the one action down"),
)  # fmt: skip
def set_action(request: Request, talk_id: int, payload: SetAction) -> Any:
    return services.set_action(talk_id=talk_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/close", P.TALK, response=TalkOut, summary=_("Close a one-to-one")
)
def close_talk(request: Request, talk_id: int, payload: CloseTalk) -> Any:
    return services.close_talk(talk_id=talk_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/one-to-ones/{int:talk_id}/hand-on", P.TALK, response=TalkOut,
    summary=_("Let whoever leads me now read a one-to-one"),
)  # fmt: skip
def hand_talk_on(request: Request, talk_id: int, payload: HandTalkOn) -> Any:
    services.hand_talk_on(talk_id=talk_id, to_user_id=payload.to_user_id, by=request.actor, at=request.at)
    return queries.the_talk(request.actor, talk_id)


@operation(router, "get", "/actions", P.TALK, response=Page[ActionOut], summary=_("Actions from one-to-ones"))
def list_actions(request: Request, wanted: Query[ActionStates], paging: Query[Paging]) -> Any:
    return paging.of(queries.actions_in(request.actor, wanted.state), "follow_up_on")


@operation(router, "get", "/actions/{int:action_id}", P.TALK, response=ActionOut, summary=_("One action"))
def get_action(request: Request, action_id: int) -> Any:
    return queries.the_action(request.actor, action_id)


@operation(
    router, "post", "/actions/{int:action_id}/agree", P.TALK, response=ActionOut, summary=_("Agree to an action")
)
def agree_action(request: Request, action_id: int, payload: AgreeAction) -> Any:
    return services.agree_action(action_id=action_id, version=payload.version, by=request.actor, at=request.at)


@operation(
    router, "post", "/actions/{int:action_id}/done", P.TALK, response=ActionOut,
    summary=_("Say that an action is done, as its agent"),
)  # fmt: skip
def action_done(request: Request, action_id: int) -> Any:
    return services.say_done(action_id=action_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/actions/{int:action_id}/follow-up", P.TALK, response=ActionOut,
    summary=_("Look at an action again"),
)  # fmt: skip
def follow_up_action(request: Request, action_id: int, payload: FollowUpAction) -> Any:
    return services.follow_up(action_id=action_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/actions/{int:action_id}/drop", P.TALK, response=ActionOut, summary=_("Drop an action")
)
def drop_action(request: Request, action_id: int, payload: DropAction) -> Any:
    return services.drop_action(action_id=action_id, **payload.dict(), by=request.actor, at=request.at)
