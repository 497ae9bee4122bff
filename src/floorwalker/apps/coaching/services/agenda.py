"""What a talk is about and what both say in it: items, parked claims, notes, and letting somebody in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import AgendaItem, Note, OneToOne, TalkHandOn
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.coaching.services import talking
from floorwalker.apps.coaching.services.feedback import OnlyTheAgent, WordsMissing, mind
from floorwalker.apps.coaching.services.talk_refusals import AgentFirst, ClaimSettled, TalkOver
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Invalid

CLAIM_KIND = "coaching.claim"
OUTCOMES = ("evidence", "dropped")


@transaction.atomic
def add_item(*, talk_id: int, words: str, by: Actor, at: datetime, meant: bool = False) -> AgendaItem:
    """Either of the two puts something on the agenda; the other is told that there is something, not what."""
    talk = talking.locked(talk_id, by)
    side = talking.only(talk, by, rules.AGENT, rules.LEAD)
    talking.still_open(talk)
    if not words.strip():
        raise WordsMissing
    mind(words, meant=meant)
    item = AgendaItem.objects.create(talk=talk, kind=side, words=words.strip()[:500], by_id=by.user_id, at=at)
    talking.note(talk, "item", by, at)
    talking.tell(talk, queries.other_side(talk, by.user_id), f"item:{item.pk}", at)
    return item


@transaction.atomic
def park_claim(
    *, talk_id: int, words: str, until: datetime, by: Actor, at: datetime, mine: bool = True, meant: bool = False
) -> AgendaItem:
    """What somebody else is said to have said or done is parked: who looks it up, and until when.

    ``mine``: the lead looks it up, else the agent does, which only the agent can take upon themselves.
    """
    talk = talking.locked(talk_id, by)
    side = talking.only(talk, by, rules.AGENT, rules.LEAD)
    talking.still_open(talk)
    if not words.strip():
        raise WordsMissing
    if until <= at:
        raise Invalid(problem=_("Name a day to come until which it is looked up."))
    mind(words, meant=meant)
    own = side == rules.AGENT and not mine
    looker = by.user_id if own else talk.lead_id
    item = AgendaItem.objects.create(
        talk=talk,
        kind="parked",
        words=words.strip()[:500],
        by_id=by.user_id,
        at=at,
        looked_up_by_id=looker,
        look_up_until=until,
        outcome="open",
    )
    assert looker is not None
    other = talk.lead_id if own else talk.agent.user_id or talk.agent.name
    contractor_owes_nothing = own and talk.agent.engagement == "contractor"
    if not contractor_owes_nothing:
        promises.register(
            kind=CLAIM_KIND,
            ref=("coaching.talk", talk.pk),
            owner=looker,
            to=other,
            what=_("Something that was said is looked up"),
            due=until,
            by=by,
            at=at,
            once=claim_name(item),
        )
    talking.note(talk, "park", by, at)
    talking.tell(talk, queries.other_side(talk, by.user_id), f"item:{item.pk}", at)
    return item


def claim_name(item: AgendaItem) -> str:
    return f"coaching:claim:{item.pk}"


@transaction.atomic
def settle_claim(
    *, item_id: int, outcome: str, words: str, by: Actor, at: datetime, meant: bool = False
) -> AgendaItem:
    """Who looks it up says what came of it: evidence, with where it is found, or dropped, with why."""
    talk = talking.locked(queries.the_item(by, item_id).talk_id, by)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if outcome not in OUTCOMES:
        raise Invalid(problem=_("A claim becomes evidence, or is dropped."))
    if item.kind != "parked" or item.outcome != "open" or item.looked_up_by_id != by.user_id:
        raise ClaimSettled
    if not words.strip():
        raise WordsMissing
    mind(words, meant=meant)
    item.outcome, item.outcome_words, item.outcome_at = outcome, words.strip()[:500], at
    item.save(update_fields=["outcome", "outcome_words", "outcome_at"])
    promises.keep(once=claim_name(item), by=by, at=at)
    talking.note(talk, "settle_claim", by, at)
    talking.tell(talk, queries.other_side(talk, by.user_id), f"claim:{item.pk}", at)
    return item


@transaction.atomic
def add_note(
    *, talk_id: int, words: str, by: Actor, at: datetime, for_agent: bool = False, meant: bool = False
) -> Note:
    """What one of the two says. The agent's words come first; the lead may take them down."""
    talk = talking.locked(talk_id, by)
    side = talking.only(talk, by, rules.AGENT, rules.LEAD)
    if talk.state in (rules.LET_GO, rules.ENDED):
        raise TalkOver(state=talk.get_state_display())
    if not words.strip():
        raise WordsMissing
    mind(words, meant=meant)
    spoken = rules.AGENT if side == rules.AGENT or for_agent else rules.LEAD
    if spoken == rules.LEAD and not talk.notes.filter(side="agent").exists():
        raise AgentFirst
    said = Note.objects.create(talk=talk, side=spoken, by_id=by.user_id, words=words.strip(), at=at)
    talking.note(talk, "note", by, at)
    other = queries.other_side(talk, by.user_id)
    talking.tell(talk, other, f"note:{said.pk}", at, kind=talking.NOTE_KIND)
    return said


@transaction.atomic
def read_talk(*, talk_id: int, by: Actor, at: datetime) -> None:
    """Open one; by anybody but the two, that is written down."""
    talk = queries.the_talk(by, talk_id)
    if not talking.side_of(talk, by):
        audit.seen(by=by, about=("coaching.talk", talk.pk), person=talk.agent.user_id, at=at)


def talk_to_prepare(*, talk_id: int, by: Actor) -> OneToOne:
    """The talk for its lead; the other reader hears whose it is to prepare."""
    talk = queries.the_talk(by, talk_id)
    talking.only(talk, by, rules.LEAD)
    return talk


@transaction.atomic
def hand_talk_on(*, talk_id: int, to_user_id: int, by: Actor, at: datetime) -> TalkHandOn:
    """The agent lets somebody read a talk who leads them now; it cannot be undone."""
    talk = talking.locked(talk_id, by)
    if talking.side_of(talk, by) != rules.AGENT or to_user_id not in queries.users_who_lead(talk.agent):
        raise OnlyTheAgent
    handed, made = TalkHandOn.objects.get_or_create(talk=talk, to_id=to_user_id, defaults={"at": at})
    if made:
        talking.note(talk, "hand_on", by, at)
        talking.tell(talk, to_user_id, "handed", at)
    return handed
