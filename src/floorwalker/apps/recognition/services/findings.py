"""Questions about the game: asked of a named person, owed by a day, answered in words; never a verdict."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.promises import services as promises
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import Contest, Finding
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.queries.contests import FINDING
from floorwalker.apps.recognition.rules import findings as rules
from floorwalker.kernel import audit, jobs, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Refused

RINGS_JOB = "recognition.look_for_rings"
RINGS = "recognition.rings"  # of a site
QUESTION_PROMISE = "recognition.question"
QUESTION_KIND = "recognition.question"


class AnsweredAlready(Refused):
    code = "finding_answered"
    status = 409
    text = gettext_lazy("This question is answered already.")


class AnswerWithWords(Refused):
    code = "finding_without_words"
    text = gettext_lazy("Say in a sentence what came of it; who it is about reads it.")


def look_for_rings(at: datetime) -> int:
    """Every site with favours enough to tell anything; the number of searches begun."""
    begun = 0
    for site in people.visible_sites(SYSTEM).filter(archived=False).order_by("pk"):
        job = jobs.latest((RINGS, site.pk))
        if job is not None and job.live:
            continue
        given = queries.favours(site.pk, at - timedelta(days=rules.RING_DAYS))
        if sum(count for _giver, _taker, count in given) < 2 * rules.LEAST_FAVOURS:
            continue
        ref, title = (RINGS, site.pk), gettext_lazy("Favours in a circle")
        jobs.start(RINGS_JOB, ref=ref, title=title, by=SYSTEM, at=at, lock=f"{RINGS_JOB}:{site.pk}")
        begun += 1
    return begun


@transaction.atomic
def keep_rings(*, site_id: int, result: dict[str, Any], fence: jobs.Fence, at: datetime) -> int:
    """Ask about each ring that was found, unless its people were asked about in this span already."""
    fence.hold()
    site = people.the_site(SYSTEM, site_id)
    before = queries.people_before(Finding.Kind.RING, at - timedelta(days=rules.RING_DAYS))
    asked = 0
    for ring in result["rings"]:
        members = frozenset(ring["members"])
        if rules.same_people_asked(before, members):
            continue
        facts = {key: value for key, value in ring.items() if key != "members"}
        facts |= {"false_alarm": result["false_alarm"]}
        names = "-".join(map(str, sorted(members)))
        once = f"ring:{site_id}:{names}:{at.date().isoformat()}"
        asked += _ask(Finding.Kind.RING, site, members, facts, once, at) is not None
    return asked


def ask_of_contest(contest: Contest, result: dict[str, Any], at: datetime) -> None:
    """One question where a measure fell for all, and one for each person who fell further than chance."""
    harmed = [line for line in result["lines"] if line["harmed"]]
    shared = {"phase": result["phase"], "false_alarm": result["whole"]}
    if harmed:
        facts = shared | {
            "lines": [{key: line[key] for key in ("measure", "change", "low", "high")} for line in harmed]
        }
        once = f"harm:{contest.pk}:{result['phase']}"
        _ask(Finding.Kind.HARM, contest.site, frozenset(), facts, once, at, contest)
    each: dict[int, list[dict[str, Any]]] = {}
    for line in result["lines"]:
        for person in line["people"]:
            fallen = {key: person[key] for key in ("before", "since", "usual")} | {"measure": line["measure"]}
            each.setdefault(int(person["agent"]), []).append(fallen)
    for agent_id, lines in each.items():
        once = f"harm:{contest.pk}:{result['phase']}:{agent_id}"
        _ask(Finding.Kind.HARM, contest.site, frozenset({agent_id}), shared | {"lines": lines}, once, at, contest)


def _ask(
    kind: str,
    site: Site,
    members: frozenset[int],
    facts: dict[str, Any],
    once: str,
    at: datetime,
    contest: Contest | None = None,
) -> Finding | None:
    """Of the site's manager, with a promise to answer; a house without one is asked nothing."""
    asked = queries.who_answers(site)
    if asked is None or Finding.objects.filter(once=once).exists():
        return None
    due = at + rules.ANSWER_WITHIN
    values = {"kind": kind, "site": site, "contest": contest, "asked": asked, "facts": facts}
    finding = Finding.objects.create(**values, at=at, due=due, once=once)
    finding.people.set(Agent.objects.filter(pk__in=members))
    ref = (FINDING, finding.pk)
    promises.register(
        kind=QUESTION_PROMISE,
        ref=ref,
        owner=asked.pk,
        to=_("everybody who plays"),
        what=_("Answer a question about the game"),
        due=due,
        by=SYSTEM,
        at=at,
        once=promise_name(finding),
    )
    notices.notify(to=asked.pk, kind=QUESTION_KIND, ref=ref, once=f"question:{finding.pk}", at=at)
    audit.record(by=SYSTEM, verb="recognition.ask", about=ref, facts={"kind": kind}, at=at)
    return finding


@transaction.atomic
def answer_finding(*, finding_id: int, answer: str, words: str, by: Actor, at: datetime) -> Finding:
    """What came of a question: who is asked answers; whom it is about reads it from then on."""
    require(by, P.FINDINGS)
    finding = queries.the_finding(by, finding_id)
    if not by.sight(P.FINDINGS).beyond_own or finding.people.filter(user=by.user_id, user__isnull=False).exists():
        refuse(by)
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if finding.state != Finding.State.OPEN:
        raise AnsweredAlready
    if not words.strip() or answer not in rules.ANSWERS:
        raise AnswerWithWords
    finding.state, finding.answer, finding.words = Finding.State.ANSWERED, answer, words.strip()[:500]
    finding.answered_at = at
    finding.save()
    ref = (FINDING, finding.pk)
    promises.keep(once=promise_name(finding), by=by, at=at)
    audit.record(by=by, verb="recognition.answer", about=ref, facts={"answer": answer}, at=at)
    for user in finding.people.filter(user__isnull=False).values_list("user", flat=True):
        notices.notify(to=user or 0, kind=QUESTION_KIND, ref=ref, once=f"question:{finding.pk}:told", at=at)
    return finding


def promise_name(finding: Finding) -> str:
    return f"recognition.question:{finding.pk}"
