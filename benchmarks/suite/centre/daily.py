"""What a year of days leaves behind: wishes, promises, notices, time off the phones, jobs and the audit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from benchmarks.suite.centre.copying import copy
from benchmarks.suite.centre.size import Centre

PRICE_DAYS = 15
LEVELS = [1.0, 2.0, 5.0, 10.0]
REQUESTS_CLOSED, REQUESTS_OPEN = 4_000, 200
PROMISES_ENDED, PROMISES_OPEN = 20_000, 800
NOTICES_EACH = 50
JOBS = 3_000
ENTRIES = 10_000


def fill(centre: Centre) -> None:
    _prices(centre)
    _sessions(centre)
    _requests(centre)
    _promises(centre)
    _notices(centre)
    _jobs(centre)
    _audit(centre)


def _leader(centre: Centre, number: int) -> Any:
    """The user who leads the team of the agent of that number."""
    return centre.users[f"supervisor {number // centre.size.agents_a_team}"]


def _prices(centre: Centre) -> None:
    from floorwalker.apps.offphone.models import PriceDay

    copy(
        PriceDay,
        (
            PriceDay(
                group=queue.pk,
                start=datetime.combine(centre.at.date() + timedelta(days=day), time(), UTC),
                step_seconds=1800,
                agents=LEVELS,
                callers=[[0.4, 0.9, 2.6, 6.0] for _ in range(48)],
                low=[[0.2, 0.5, 1.6, 4.1] for _ in range(48)],
                high=[[0.7, 1.5, 3.9, 8.2] for _ in range(48)],
                source="formula",
                made_at=centre.at,
            )
            for queue in centre.queues
            for day in range(PRICE_DAYS)
        ),
    )


def _sessions(centre: Centre) -> None:
    from floorwalker.apps.offphone.models import Session

    def rows() -> Iterator[Any]:
        for number, agent in enumerate(centre.agents):
            common = {
                "agent": agent,
                "kind": "one_to_one",
                "minutes": 30,
                "reason": "Monthly one-to-one",
                "owner": _leader(centre, number),
                "due": centre.at + timedelta(days=number % 21 - 3),
            }
            for months in range(1, 12):
                begun = centre.at - timedelta(days=30 * months)
                yield Session(
                    **common,
                    state="delivered",
                    period=(begun, begun + timedelta(minutes=30)),
                    made_at=begun,
                    ended_at=begun,
                )
            if number % 3 == 0:
                yield Session(**common, state="owed", made_at=centre.at)
            elif number % 3 == 1:
                begins = centre.at + timedelta(days=1 + number % 5)
                yield Session(
                    **common, state="placed", period=(begins, begins + timedelta(minutes=30)), made_at=centre.at
                )
            elif number % 10 == 2:
                yield Session(**{**common, "owner": None, "due": None}, state="asked", made_at=centre.at)

    Session.objects.bulk_create(rows(), batch_size=2000)


def _requests(centre: Centre) -> None:
    from floorwalker.apps.schedules.models import ChangeEntry, ChangeRequest, Shift

    live = Shift.objects.filter(until=None, cancelled=False).select_related("week", "agent__user").order_by("day")
    before = live.filter(day__lt=centre.at.date())[: REQUESTS_CLOSED * 3 : 3]
    ahead = live.filter(day__gt=centre.at.date() + timedelta(days=2), agent_id__gte=centre.agents[0].pk)
    made = ChangeRequest.objects.bulk_create(
        [_request(shift, "declined", centre.at) for shift in before]
        + [_request(shift, "open", centre.at) for shift in ahead[: REQUESTS_OPEN * 9 : 9]]
    )
    ChangeEntry.objects.bulk_create(
        ChangeEntry(
            request=each,
            what=what,
            side="agent",
            text="Could I start an hour later?",
            period=each.period,
            at=centre.at - timedelta(hours=5),
            by_name=each.agent.name,
            by_user=each.agent.user,
        )
        for each in made
        for what in ("asked", "said")
    )


def _request(shift: Any, state: str, at: datetime) -> Any:
    from floorwalker.apps.schedules.models import ChangeRequest

    hour = timedelta(hours=1)
    return ChangeRequest(
        week=shift.week,
        agent=shift.agent,
        shift_identity=shift.identity,
        shift_version=shift.version,
        kind="hours",
        period=(shift.period.lower + hour, shift.period.upper + hour),
        state=state,
        turn="lead",
        due=at + 20 * hour,
        asked_at=at - 5 * hour,
        ended_at=None if state == "open" else at,
    )


def _promises(centre: Centre) -> None:
    from floorwalker.apps.offphone.services import PROMISE_KIND
    from floorwalker.apps.promises.models import Promise

    def rows() -> Iterator[Any]:
        for number in range(PROMISES_ENDED + PROMISES_OPEN):
            agent = number % len(centre.agents)
            ended = number < PROMISES_ENDED
            due = centre.at + timedelta(days=number % 30 - 2) - (timedelta(days=40) if ended else timedelta())
            yield Promise(
                kind=PROMISE_KIND,
                ref_kind="offphone.session",
                ref_id=1 + number,
                owner=_leader(centre, agent),
                to_user=centre.agents[agent].user,
                what="30 minutes one-to-one",
                due=due,
                made_by="Planner",
                made_at=due - timedelta(days=14),
                once=f"bench:{number}",
                ended_at=due if ended else None,
                state=("kept", "kept", "late")[number % 3] if ended else "open",
            )

    copy(Promise, rows())


def _notices(centre: Centre) -> None:
    from floorwalker.apps.schedules.models import Week
    from floorwalker.apps.schedules.services import PUBLISHED
    from floorwalker.kernel.models import Notice

    weeks = list(Week.objects.select_related("current").order_by("-first_day"))
    by_site = {site.pk: [week for week in weeks if week.site_id == site.pk] for site in centre.sites}
    copy(
        Notice,
        (
            Notice(
                to_user=agent.user_id,
                kind=PUBLISHED,
                ref_kind="schedules.publication",
                ref_id=week.current_id,
                once=f"published:{week.current_id}",
                at=week.current.published_at,
                read_at=None if number < 3 else centre.at,
            )
            for agent in centre.agents
            for number, week in enumerate(by_site[agent.team.site_id][:NOTICES_EACH])
        ),
    )


def _jobs(centre: Centre) -> None:
    from floorwalker.kernel.models import Job

    planner = centre.users["planner"]
    Job.objects.bulk_create(
        Job(
            kind="demand.forecast",
            ref_kind="demand.run",
            ref_id=number,
            title="Forecast Lisbon line 1",
            state="done",
            started_by_kind="user",
            started_by_id=planner.pk,
            started_by_user=planner.pk,
            started_by_name=planner.name,
            created_at=centre.at - timedelta(hours=number),
            started_at=centre.at - timedelta(hours=number),
            ended_at=centre.at - timedelta(hours=number) + timedelta(minutes=2),
            share=1.0,
        )
        for number in range(1, JOBS)
    )


def _audit(centre: Centre) -> None:
    """By the front door: numbers and hashes are the database's own."""
    from django.db import transaction

    from floorwalker.kernel import audit
    from floorwalker.kernel.access import Actor

    by = [Actor("user", user.pk, user.name, user.pk) for user in list(centre.users.values())[:50]]
    with transaction.atomic():
        for number in range(ENTRIES):
            audit.record(
                by=by[number % len(by)],
                verb="schedules.change",
                about=("schedules.publication", 1 + number),
                facts={"number": 2, "changes": 1},
                at=centre.at - timedelta(minutes=30 * (ENTRIES - number)),
            )
