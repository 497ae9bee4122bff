"""Second scores: what could be scored again by whom, for the job that chooses."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality.models import CalibrationScore, FormVersion, Review
from floorwalker.apps.quality.queries.raters import newest_fit
from floorwalker.apps.quality.queries.reviews import evaluators_of
from floorwalker.apps.quality.rules import doubles as rules
from floorwalker.apps.quality.rules import reviews as lives

SETTLED = (lives.RELEASED, lives.DECIDED, lives.CLOSED)  # not while a dispute is open


def scored_once(site_id: int, at: datetime) -> QuerySet[Review]:
    """Reviews of late that nobody has scored again, of agents who are still there."""
    again = Review.objects.filter(conversation=OuterRef("conversation"), why__in=[lives.DOUBLE, lives.CALIBRATION])
    return Review.objects.filter(
        ~Exists(again),
        agent__team__site=site_id,
        agent__left_on=None,
        why__in=[lives.SAMPLE, lives.CHECK_ME],
        state__in=SETTLED,
        scored_at__gte=at - rules.OF_LATE,
    ).order_by("-scored_at", "pk")


def sites_to_double(at: datetime) -> list[tuple[int, str]]:
    """Sites where something was scored of late."""
    rows = Review.objects.filter(state__in=SETTLED, scored_at__gte=at - rules.OF_LATE)
    sites = rows.values_list("agent__team__site", "agent__team__site__name").distinct()
    return sorted(sites.order_by(), key=lambda each: each[1])


def waiting_doubles() -> dict[int, int]:
    """Second scores each evaluator has still to give."""
    rows = Review.objects.filter(why=lives.DOUBLE, state=lives.DRAWN).values_list("evaluator")
    return dict(rows.annotate(n=Count("pk")).order_by())


def doubles_problem(site_id: int, at: datetime) -> dict[str, Any]:
    """What the work needs: by group of teams with the same evaluators, contacts scored once and who shared one."""
    by_team: dict[int, frozenset[int]] = {}
    for agent in Agent.objects.filter(team__site=site_id, left_on=None).select_related("team").order_by(
        "team", "pk"
    ).distinct("team"):  # fmt: skip
        holders = evaluators_of(agent)
        analysts = [each for each in holders if each.analyst]
        by_team[agent.team_id] = frozenset(each.user_id for each in (analysts if len(analysts) > 1 else holders))
    scored: dict[frozenset[int], list[tuple[int, int]]] = {}
    for pk, team, evaluator in scored_once(site_id, at).values_list("pk", "agent__team", "evaluator"):
        if evaluator in by_team.get(team, frozenset()):
            scored.setdefault(by_team[team], []).append((pk, evaluator))
    waiting, together = waiting_doubles(), _together(at)
    fit = newest_fit()
    spread = fit.spread if fit else {}
    return {
        "groups": [
            {
                "scored": rows,
                "evaluators": sorted(who),
                "together": [pair for pair in together if who.issuperset(pair)],
                "wanted": rules.wanted(len(rows), len(who), sum(waiting.get(each, 0) for each in who)),
            }
            for who, rows in scored.items()
            if len(who) > 1
        ],
        "evaluator_sd": spread.get("evaluator") or rules.EVALUATOR_SD,
        "rest_sd": spread.get("rest") or rules.REST_SD,
    }


def _together(at: datetime) -> list[tuple[int, int]]:
    """Every two evaluators who have scored one contact, as often as they have."""
    by_contact: dict[tuple[str, int], set[int]] = {}
    doubled = Review.objects.filter(why=lives.DOUBLE, scored_at__gte=at - rules.TOGETHER).values("conversation")
    rows = Review.objects.filter(conversation__in=doubled, scored_at__isnull=False)
    for conversation, evaluator in rows.values_list("conversation", "evaluator"):
        by_contact.setdefault(("review", conversation), set()).add(evaluator)
    calibrated = CalibrationScore.objects.filter(scored_at__gte=at - rules.TOGETHER)
    for calibration, participant in calibrated.values_list("calibration", "participant"):
        by_contact.setdefault(("calibration", calibration), set()).add(participant)
    return [pair for who in by_contact.values() for pair in combinations(sorted(who), 2)]


def first_version(conversation_id: int) -> FormVersion | None:
    """The version a contact was scored with the first time: a second score is compared item by item."""
    rows = Review.objects.filter(conversation=conversation_id, why__in=[lives.SAMPLE, lives.CHECK_ME])
    found = rows.exclude(state=lives.DROPPED).select_related("form_version__form").first()
    return found.form_version if found else None
