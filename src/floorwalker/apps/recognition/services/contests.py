"""Contests: announced, joined by choice, begun and ended by the timetable, looked at for harm."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.performance import queries as performance
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.events import ContestMet
from floorwalker.apps.recognition.models import Contest, ContestEntry
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.queries.contests import CONTEST, days_to_compare
from floorwalker.apps.recognition.rules import contests as rules
from floorwalker.apps.recognition.services.findings import ask_of_contest
from floorwalker.kernel import audit, events, jobs, notices
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.science.timegrid import zone_info

HARM_JOB = "recognition.look_for_harm"
CONTEST_KIND = "recognition.contest_over"
NO_AIM = {
    "not_for_contractors": _("this is not measured for independent contractors"),
    "too_few": _("too few of your days were measured to know where you stand"),
    "pair_too_few": _("too few of your days were measured of what stands beside it"),
    "at_best": _("you are at the best there can be already"),
}


class ContestDays(Refused):
    code = "contest_days"
    text = _("A contest lasts 5 to 60 days, and its last day is at least four days ahead.")


class NotAPair(Refused):
    code = "contest_not_a_pair"
    text = _("Speed is only measured together with quality, and every measure with another beside it.")


class ContestIsOver(Refused):
    code = "contest_over"
    status = 409
    text = _("“{name}” is over; it stays as it was.")


class TooLateToJoin(Refused):
    code = "contest_too_late"
    status = 409
    text = _("“{name}” can be joined until five days before its end.")


class NoAimForYou(Refused):
    code = "contest_no_aim"
    status = 409
    text = _("There is no fair aim for you in “{name}”: {why}.")


class WhyCalledOff(Refused):
    code = "contest_without_reason"
    text = _("Say in a few words why; who takes part reads it.")


@transaction.atomic
def hold_contest(
    *,
    name: str,
    words: str,
    site_id: int,
    measure: str,
    pair: str,
    first_day: date,
    last_day: date,
    by_team: bool = False,
    by: Actor,
    at: datetime,
) -> Contest:
    """Announce a contest; nobody takes part who does not say so."""
    require(by, P.HOLD_CONTESTS)
    site = people.the_site(by, site_id, P.HOLD_CONTESTS)
    if not performance.may_pair(measure, pair):
        raise NotAPair
    today = at.astimezone(zone_info(site.zone)).date()
    if first_day < today:
        raise ContestDays
    _days(first_day, last_day, today)
    contest = Contest.objects.create(
        name=name.strip()[:80],
        words=words.strip()[:300],
        site=site,
        measure=measure,
        pair=pair,
        first_day=first_day,
        last_day=last_day,
        by_team=by_team,
        made_at=at,
        made_by_id=by.user_id,
    )
    _note("hold_contest", contest, by, at)
    turn(contest, at)
    return contest


@transaction.atomic
def change_contest(*, contest_id: int, first_day: date, last_day: date, by: Actor, at: datetime) -> Contest:
    """Other days; aims and what was earned stay. What has begun keeps its first day."""
    require(by, P.HOLD_CONTESTS)
    contest = _locked(by, contest_id, P.HOLD_CONTESTS)
    if contest.state == Contest.State.RUNNING:
        first_day = contest.first_day
    _days(first_day, last_day, _today(contest, at))
    contest.first_day, contest.last_day = first_day, last_day
    contest.version += 1
    contest.save()
    _note("change_contest", contest, by, at)
    turn(contest, at)
    return contest


@transaction.atomic
def call_off(*, contest_id: int, why: str, by: Actor, at: datetime) -> Contest:
    """It harms, or nobody wants it: over without a result, with the reason; nothing earned is lost."""
    require(by, P.HOLD_CONTESTS)
    contest = _locked(by, contest_id, P.HOLD_CONTESTS)
    if not why.strip():
        raise WhyCalledOff
    contest.state, contest.why, contest.ended_at = Contest.State.CALLED_OFF, why.strip()[:300], at
    contest.version += 1
    contest.save()
    _note("call_off_contest", contest, by, at)
    _tell_entrants(contest, at)
    return contest


def _days(first_day: date, last_day: date, today: date) -> None:
    if not rules.dates_are_right(first_day, last_day) or last_day < today + (rules.LEAST_DAYS - 1) * rules.DAY:
        raise ContestDays


@transaction.atomic
def join_contest(*, contest_id: int, by: Actor, at: datetime) -> ContestEntry:
    """Take part, with an aim from one's own past; it stays as it is on this day."""
    require(by, P.BOARDS)
    me = people.agent_of(by)
    contest = _locked(by, contest_id, P.BOARDS)
    if me is None or me.team.site_id != contest.site_id:
        raise NotFound
    if not rules.may_join(contest.state, contest.last_day, _today(contest, at)):
        raise TooLateToJoin(name=contest.name)
    entry = ContestEntry.objects.filter(contest=contest, agent=me).first()
    if entry is not None:
        entry.left_at = None
        entry.save(update_fields=["left_at"])
        return entry
    aim = performance.aim_of(me, contest.measure, contest.pair, min(contest.first_day, people.today_of(me, at)))
    if isinstance(aim, performance.NoAim):
        raise NoAimForYou(name=contest.name, why=NO_AIM[aim.why])
    entry = ContestEntry.objects.create(
        contest=contest,
        agent=me,
        team=me.team,
        joined_at=at,
        mean=aim.mean,
        target=aim.target,
        pair_mean=aim.pair_mean,
        floor=aim.floor,
    )
    _note("join_contest", contest, by, at)
    return entry


@transaction.atomic
def leave_contest(*, contest_id: int, by: Actor, at: datetime) -> None:
    """Take part no longer; nobody is told."""
    require(by, P.BOARDS)
    contest = _locked(by, contest_id, P.BOARDS)
    entry = queries.my_entry(by, contest)
    if entry is None:
        raise NotFound
    entry.left_at = at
    entry.save(update_fields=["left_at"])
    _note("leave_contest", contest, by, at)


def turn_contests(at: datetime) -> int:
    """Every contest by its own days: begun, ended and judged, looked at for harm; the number looked into."""
    rows = Contest.objects.exclude(state=Contest.State.CALLED_OFF).select_related("site")
    recent = rows.filter(last_day__gte=at.date() - (rules.AFTER_DAYS + 30) * rules.DAY)
    for contest_id in list(recent.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            turn(Contest.objects.select_for_update(of=("self",)).select_related("site").get(pk=contest_id), at)
    return recent.count()


def turn(contest: Contest, at: datetime) -> None:
    """One contest by its days; the one locked by who calls."""
    today = _today(contest, at)
    state = rules.state_on(contest.state, contest.first_day, contest.last_day, today)
    if state != contest.state:
        contest.state = state
        contest.ended_at = at if state == rules.ENDED else None
        contest.save(update_fields=["state", "ended_at"])
        _note("end_contest" if state == rules.ENDED else "begin_contest", contest, SYSTEM, at)
        if state == rules.ENDED:
            _judge(contest, at)
    if contest.state == rules.CALLED_OFF:
        return
    look = rules.look_due(contest.first_day, contest.last_day, today, [each["phase"] for each in contest.looks])
    job = jobs.latest((CONTEST, contest.pk))
    if look is not None and not (job is not None and job.live):
        ref = (CONTEST, contest.pk)
        title = _("What a contest may cost")
        jobs.start(HARM_JOB, ref=ref, title=title, by=SYSTEM, at=at, lock=f"{HARM_JOB}:{contest.pk}")


def _judge(contest: Contest, at: datetime) -> None:
    """Each against their own aim; the points follow by the event."""
    for entry in contest.entries.filter(left_at=None, outcome="").select_related("agent").order_by("pk"):
        span = (contest.first_day, contest.last_day)
        result = performance.result_of(entry.agent_id, contest.measure, *span)
        beside = performance.result_of(entry.agent_id, contest.pair, *span)
        found = rules.judged(
            entry.target,
            entry.floor,
            result,
            beside,
            more=performance.better_is_more(contest.measure),
            pair_more=performance.better_is_more(contest.pair),
        )
        entry.result, entry.result_pair, entry.outcome = result, beside, found.why
        entry.save(update_fields=["result", "result_pair", "outcome"])
        if found.met:
            events.announce(ContestMet(contest.pk, entry.agent_id))
    _tell_entrants(contest, at)


def _tell_entrants(contest: Contest, at: datetime) -> None:
    for user in contest.entries.filter(left_at=None, agent__user__isnull=False).values_list(
        "agent__user", flat=True
    ):
        once = f"contest:{contest.pk}:over"
        notices.notify(to=user or 0, kind=CONTEST_KIND, ref=(CONTEST, contest.pk), once=once, at=at)


def compared_days(contest_id: int, at: datetime) -> dict[str, Any] | None:
    """What the job compares; None where no look is due any more."""
    contest = Contest.objects.select_related("site").get(pk=contest_id)
    done = [each["phase"] for each in contest.looks]
    look = rules.look_due(contest.first_day, contest.last_day, _today(contest, at), done)
    return days_to_compare(contest, look) if look is not None else None


@transaction.atomic
def keep_look(*, contest_id: int, result: dict[str, Any], fence: jobs.Fence, at: datetime) -> None:
    """Keep what a look found, nobody by name; what it asks of a person goes to whoever answers for it."""
    fence.hold()
    contest = Contest.objects.select_for_update(of=("self",)).select_related("site").get(pk=contest_id)
    if any(each["phase"] == result["phase"] for each in contest.looks):
        return
    lines = [{key: value for key, value in line.items() if key != "people"} for line in result["lines"]]
    contest.looks = [
        *contest.looks,
        {"phase": result["phase"], "day": _today(contest, at).isoformat(), "lines": lines},
    ]
    contest.save(update_fields=["looks"])
    if result["phase"] in rules.ASKING:
        ask_of_contest(contest, result, at)


def _today(contest: Contest, at: datetime) -> date:
    return at.astimezone(zone_info(contest.site.zone)).date()


def _locked(by: Actor, contest_id: int, permission: P) -> Contest:
    queries.the_contest(by, contest_id, permission)
    rows = Contest.objects.select_for_update(of=("self",)).select_related("site")
    contest = rows.get(pk=contest_id)
    if contest.state in (Contest.State.ENDED, Contest.State.CALLED_OFF):
        raise ContestIsOver(name=contest.name)
    return contest


def _note(verb: str, contest: Contest, by: Actor, at: datetime) -> None:
    facts = {"first": contest.first_day.isoformat(), "last": contest.last_day.isoformat()}
    audit.record(by=by, verb=f"recognition.{verb}", about=(CONTEST, contest.pk), facts=facts, at=at)
