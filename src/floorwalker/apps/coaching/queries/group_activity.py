"""What a group does together, as its session shows it: how it stands, one next action, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import GroupSession
from floorwalker.apps.coaching.queries.talks import TalkLine, next_talk
from floorwalker.apps.coaching.rules import groups as rules
from floorwalker.apps.hub import queries as hub
from floorwalker.apps.learning import queries as arena
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound


@dataclass(frozen=True)
class TogetherTip:
    """A tip of the round table for who may bring it into the hub."""

    id: int
    text: str
    author: str
    team: str
    about: str
    tried_by: int
    consented: bool
    post_id: int | None  # in the hub


@dataclass(frozen=True)
class Together:
    """The activity of a session for its lead or one of the group."""

    kind: str
    state: str
    state_words: str
    tone: str
    activity_id: int
    begin: bool  # the one next action is to begin it
    action: str  # else what is written on the way to it; empty: nothing to do there
    main: bool  # it is what the reader came for
    tips: list[TogetherTip]
    audiences: list[tuple[str, str]]
    change: str  # what I would change in my own pitch
    talk: TalkLine | None  # my next one-to-one, whose agenda it may go on


TONES = {"prepared": "info", "open": "progress", "closed": "good", "called_off": "neutral"}


def group_activity(actor: Actor, group: GroupSession, at: datetime) -> Together | None:
    """Nothing where the group only talks, and for who is not, or no more, in it."""
    if group.activity_ref is None:
        return None
    try:
        found = arena.the_activity(actor, group.activity_ref)
    except NotFound:
        return None
    leads = group.lead_id == actor.user_id
    begin = leads and found.state == "prepared" and group.state in (rules.PLANNED, rules.HELD)
    change = _what_i_change(actor, group)
    shares = leads and group.activity == rules.ROUND_TABLE
    return Together(
        kind=capfirst(group.get_activity_display()),
        state=found.state,
        state_words=str(found.get_state_display()),
        tone=TONES[found.state],
        activity_id=found.pk,
        begin=begin,
        action=_action(found.state, leads=leads),
        main=found.state == "open",
        tips=_tips(actor, found.pk) if shares else [],
        audiences=wider_audiences(actor) if shares else [],
        change=change,
        talk=next_talk(actor, at) if change else None,
    )


def wider_audiences(actor: Actor) -> list[tuple[str, str]]:
    """Sites and everybody; the author's own team stands for itself."""
    found = [each for each in hub.audiences(actor) if not each[0].startswith("team:")]
    return [(key, name or _("all who work here")) for key, name in found]


def _action(state: str, *, leads: bool) -> str:
    if state == "open":
        return _("Go on leading it") if leads else _("Take part")
    return _("See what came of it") if state == "closed" else ""


def _tips(actor: Actor, activity_id: int) -> list[TogetherTip]:
    rows = arena.tips_of(actor, activity_id).select_related("author__team", "about")
    return [
        TogetherTip(
            id=each.pk,
            text=each.text,
            author=each.author.name,
            team=each.author.team.name,
            about=each.about.name if each.about else "",
            tried_by=each.tried_by,
            consented=each.consented_at is not None,
            post_id=each.shared_as,
        )
        for each in rows.order_by("-tried_by", "at", "pk")
    ]


def _what_i_change(actor: Actor, group: GroupSession) -> str:
    if group.activity != rules.OWN_PITCH or group.activity_ref is None:
        return ""
    mine = arena.my_pitch(actor, group.activity_ref)
    return mine.change if mine else ""
