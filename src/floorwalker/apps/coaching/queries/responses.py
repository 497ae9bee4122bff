"""Same behaviour, same response: which steps each behaviour got from whom; no agent and no words in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from floorwalker.apps.accounts.models import User
from floorwalker.apps.coaching.models import Behaviour, Touch
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.queries.sight import visible_behaviours, visible_touches
from floorwalker.apps.coaching.rules import responses as rules
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor

LOOK_BACK = timedelta(days=180)


@dataclass(frozen=True)
class GiverLine:
    """One person's answers to a behaviour, beside the rest's."""

    name: str
    given: rules.Given
    difference: rules.Difference | None


@dataclass(frozen=True)
class BehaviourPart:
    """One behaviour: its steps, who gave how many answers, and the rest beside whom one's own stand."""

    behaviour: Behaviour
    lines: list[GiverLine]
    rest: rules.Given | None  # for who sees their own beside it; none where it would be one other person
    silent: int  # people with too few answers to be shown


def responses(actor: Actor, at: datetime) -> list[BehaviourPart]:
    """Who compares sees every name in sight; who leads sees their own beside all others of the site."""
    compares = actor.may(P.COMPARE_RESPONSES)
    rows = visible_touches(actor, P.COMPARE_RESPONSES) if compares else _of_my_sites(actor)
    found = rules.given(_answers(rows, at))
    behaviours = visible_behaviours(actor, P.SEE_RESPONSES).in_bulk(list(found))
    names = User.objects.in_bulk({by for lines in found.values() for by in lines})
    parts = []
    for behaviour in sorted(behaviours.values(), key=lambda each: (each.name.lower(), each.pk)):
        lines, mine = found[behaviour.pk], actor.user_id
        shown, silent = [], 0
        for by, line in lines.items():
            if not compares and by != mine:
                continue
            if not line.told:
                silent += 1
                continue
            others = rules.together(each for other, each in lines.items() if other != by)
            shown.append(GiverLine(names[by].name, line, rules.difference(line, others)))
        rest = None if compares else rules.together(each for by, each in lines.items() if by != mine)
        enough = rest is not None and rest.told and len(rest.by) >= rules.LEAST_OTHERS
        shown.sort(key=lambda each: each.name)
        parts.append(BehaviourPart(behaviour, shown, rest if enough else None, silent))
    return parts


def _of_my_sites(actor: Actor) -> QuerySet[Touch]:
    """Read for sums alone: beside whom one's own answers stand."""
    sites = people.visible_sites(actor, P.SEE_RESPONSES)
    return Touch.objects.filter(agent__team__site__in=sites, taken_back_at=None)


def _answers(rows: QuerySet[Touch], at: datetime) -> list[rules.Answer]:
    found = rows.filter(kind=Touch.Kind.FEEDBACK, tone="corrective", behaviour__isnull=False, rung__isnull=False)
    values = found.order_by("at", "pk").values_list("behaviour", "agent", "by", "rung", "at", "expires_on")
    return [
        rules.Answer(
            behaviour, agent, by, rung, given_at >= at - LOOK_BACK, given_at.date(), expires_on or date.max
        )
        for behaviour, agent, by, rung, given_at, expires_on in values
    ]
