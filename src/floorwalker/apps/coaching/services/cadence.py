"""One-to-ones owed by the calendar: nobody waits longer for one than their site holds to be right."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.rules.one_to_ones import DAYS_TO_PREPARE, OPEN_AT_ONCE
from floorwalker.apps.coaching.services.talks import plan_for
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import SYSTEM


def owe_talks(at: datetime) -> int:
    """Plan the one-to-ones that are due within a week, the longest waited for first; the number planned.

    A lead has no more than six open at once, so that a team of twelve is not owed twelve talks on one day. Nobody
    has two open, and who let one go is asked again when the next would be due.
    """
    waiting = queries.waiting_for_a_talk(at)
    leads = people.leads_of_teams(each.agent.team_id for each in waiting)
    open_talks = queries.open_talks_by_lead({lead for nearest in leads.values() for lead in nearest})
    planned = 0
    for each in waiting:
        fitting = [lead for lead in leads.get(each.agent.team_id, []) if lead != each.agent.user_id]
        if not fitting or open_talks.get(fitting[0], 0) >= OPEN_AT_ONCE:
            continue
        due = max(each.due, at + timedelta(days=DAYS_TO_PREPARE))
        try:
            with transaction.atomic():
                plan_for(each.agent, fitting[0], each.minutes, due, SYSTEM, at)
        except IntegrityError:
            continue  # planned by hand a moment ago
        open_talks[fitting[0]] = open_talks.get(fitting[0], 0) + 1
        planned += 1
    return planned
