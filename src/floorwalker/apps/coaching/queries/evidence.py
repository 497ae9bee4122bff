"""What is known and may be talked about: evidence for a one-to-one, as far as its lead may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import AgendaItem, OneToOne
from floorwalker.apps.coaching.queries.agreements import not_held
from floorwalker.apps.coaching.queries.sight import visible_feedback
from floorwalker.apps.coaching.queries.talk_sight import visible_actions
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.performance import queries as performance
from floorwalker.apps.promises import queries as promises
from floorwalker.apps.quality import queries as quality
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, number_words

LOOK_BACK = timedelta(days=60)
EACH = 3
WIDE_GAP = 10  # points


@dataclass(frozen=True)
class EvidenceLine:
    """One thing that is known, in a sentence, and where it is found."""

    source: str
    ref: int
    words: str
    url: str = ""
    chosen: bool = False  # it is on the agenda already

    @property
    def key(self) -> str:
        return f"{self.source}:{self.ref}"


def evidence_for(actor: Actor, talk: OneToOne, at: datetime) -> list[EvidenceLine]:
    """At most a dozen, what was agreed before first; what was talked over before does not come again."""
    since = at - LOOK_BACK
    talked = set(
        AgendaItem.objects.filter(talk__agent=talk.agent_id, talk__lead=talk.lead_id, talk__state="closed")
        .exclude(source="")
        .values_list("source", "ref")
    )
    here = set(talk.items.exclude(source="").values_list("source", "ref"))
    found = [
        *_actions(actor, talk),
        *_reviews(actor, talk, since),
        *_feedback(actor, talk, since),
        *_goals(actor, talk, at),
        *_promises(actor, talk, since, at),
        *_not_held(actor, talk, since),
        *_gaps(actor, talk, at),
        *_moved(actor, talk, at),
    ]
    fresh = [each for each in found if (each.source, each.ref) not in talked or each.source in ("action", "goal")]
    return [
        EvidenceLine(each.source, each.ref, each.words, each.url, (each.source, each.ref) in here)
        for each in fresh[: rules.OPEN_AT_MOST_ITEMS]
    ]


def url_of(item: AgendaItem, agent_id: int) -> str:
    """Where the evidence behind an item of the agenda is found."""
    return _url(item.source, item.ref or 0, agent_id)


def _url(source: str, ref: int, agent_id: int) -> str:
    pages = {
        "review": ("quality:review", ref),
        "feedback": ("coaching:feedback", ref),
        "goal": ("performance:goal", ref),
        "action": ("coaching:action", ref),
        "promise": ("promises:promise", ref),
        "measure": ("performance:agent", agent_id),
    }
    if source not in pages:
        return ""
    name, argument = pages[source]
    return reverse(name, args=[argument])


def _actions(actor: Actor, talk: OneToOne) -> list[EvidenceLine]:
    rows = visible_actions(actor).filter(agent=talk.agent_id, state="open").exclude(talk=talk)
    agreed = rows.exclude(agreed_by_agent_at=None).exclude(agreed_by_lead_at=None)
    return [
        EvidenceLine(
            "action",
            each.pk,
            _("Agreed before: %(what)s – to look at again %(day)s")
            % {"what": each.what, "day": day_words(each.follow_up_on)},
            _url("action", each.pk, talk.agent_id),
        )
        for each in agreed.order_by("follow_up_on", "pk")[:EACH]
    ]


def _reviews(actor: Actor, talk: OneToOne, since: datetime) -> list[EvidenceLine]:
    found = []
    for each in quality.shown_with_losses(actor, talk.agent, since, most=EACH):
        lost = "; ".join(
            _("%(item)s (%(points)s)") % {"item": text, "points": number_words(points, digits=0)}
            for text, points in each.lost[:2]
        )
        words = _("Contact of %(day)s: %(score)s of 100 points; lost at %(items)s") % {
            "day": day_words(each.review.conversation.started_at),
            "score": number_words(each.review.score, digits=0),
            "items": lost,
        }
        found.append(EvidenceLine("review", each.review.pk, words, _url("review", each.review.pk, talk.agent_id)))
    return found


def _feedback(actor: Actor, talk: OneToOne, since: datetime) -> list[EvidenceLine]:
    """What was said and not talked over; its words stay where they are."""
    rows = visible_feedback(actor).filter(agent=talk.agent_id, author=actor.user_id, at__gte=since)
    found = []
    for each in rows.select_related("behaviour").order_by("-at", "-pk")[:EACH]:
        said = {"day": day_words(each.at), "kind": each.get_kind_display()}
        words = (
            _("Feedback of %(day)s (%(kind)s): %(about)s") % (said | {"about": each.behaviour.name})
            if each.behaviour
            else _("Feedback of %(day)s (%(kind)s)") % said
        )
        found.append(EvidenceLine("feedback", each.pk, words, _url("feedback", each.pk, talk.agent_id)))
    return found


def _goals(actor: Actor, talk: OneToOne, at: datetime) -> list[EvidenceLine]:
    return [
        EvidenceLine("goal", pk, _("Goal under way – %(goal)s") % {"goal": words}, _url("goal", pk, talk.agent_id))
        for pk, words in performance.goal_lines(actor, talk.agent, at)[:EACH]
    ]


def _promises(actor: Actor, talk: OneToOne, since: datetime, at: datetime) -> list[EvidenceLine]:
    """What one of the two promised the other and is late with, or did not keep."""
    if talk.agent.user_id is None:
        return []
    found = []
    for each in promises.between(actor, talk.agent.user_id, at=at, since=since)[:EACH]:
        words = _("Promised by %(name)s until %(day)s: %(what)s – %(state)s") % {
            "name": each.promise.owner.name,
            "day": day_words(each.promise.due),
            "what": each.promise.what,
            "state": each.word,
        }
        found.append(EvidenceLine("promise", each.promise.pk, words, _url("promise", each.promise.pk, 0)))
    return found


def _not_held(actor: Actor, talk: OneToOne, since: datetime) -> list[EvidenceLine]:
    """What both named and did not hold, on either side."""
    return [
        EvidenceLine(
            "agreement",
            each.pk,
            _("Agreed, and %(held)s: %(item)s") % {"held": each.get_held_display(), "item": each.item.words},
            reverse("coaching:agreement_review", args=[each.review_id]),
        )
        for each in not_held(actor, talk.agent_id, talk.lead_id, since)
    ]


def _gaps(actor: Actor, talk: OneToOne, at: datetime) -> list[EvidenceLine]:
    found = []
    for each in quality.gaps_of(actor, talk.agent, at)[:2]:
        if abs(each.points) < WIDE_GAP:
            continue
        words = _("%(item)s: own view %(own)s, evaluated %(judged)s of 100 in %(n)s contacts") % {
            "item": each.text,
            "own": number_words(each.own, digits=0),
            "judged": number_words(each.judged, digits=0),
            "n": number_words(each.number),
        }
        found.append(EvidenceLine("gap", crc32(each.text.encode()), words))
    return found


def _moved(actor: Actor, talk: OneToOne, at: datetime) -> list[EvidenceLine]:
    url = _url("measure", 0, talk.agent_id)
    week = at.isocalendar()
    return [
        EvidenceLine("measure", crc32(f"{each.measure}:{week.year}-{week.week}".encode()), each.sentence, url)
        for each in performance.moved_lately(actor, talk.agent, at)[:EACH]
    ]
