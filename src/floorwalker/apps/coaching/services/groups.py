"""Group sessions: planned, given a time, held, closed with what will change; and the sheets without a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import SystemRandom

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries, sheets
from floorwalker.apps.coaching.models import GroupMember, GroupSession, ReturnSheet
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.queries import minutes_name, owed_members
from floorwalker.apps.coaching.rules import groups as rules
from floorwalker.apps.coaching.services import group_activity
from floorwalker.apps.coaching.services.feedback import mind
from floorwalker.apps.coaching.services.touches import note_touch
from floorwalker.apps.offphone import queries as off_phone
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused, Stale
from floorwalker.kernel.scoping import pick

GROUP_KIND = "coaching.group"
GROUP_PROMISE = "coaching.group_word"
LONGEST = timedelta(days=180)  # until what is promised to a group has changed


class GroupMoveNotAllowed(Refused):
    code = "coaching_group_move_not_allowed"
    status = 409
    text = _("A group session that is {state} cannot become {to}.")


class OnlyTheLead(Refused):
    code = "coaching_only_the_lead"
    status = 409
    text = _("Only {name}, who leads this group session, does that.")


class NobodyToMeet(Refused):
    code = "coaching_nobody_to_meet"
    text = _("A group session has two to {most} people; choose them.")


class GroupTime(Refused):
    code = "coaching_group_time"
    text = _("{what}")


class OutcomeMissing(Refused):
    code = "coaching_outcome_missing"
    text = _("Write what will change, and by which day within half a year; the whole group reads it.")


class SheetsStillOpen(Refused):
    code = "coaching_sheets_still_open"
    status = 409
    text = _("Sheets can still be returned; say what will change when they are in.")


class NoSheet(Refused):
    code = "coaching_no_sheet"
    status = 409
    text = _("There is no sheet to return: it was returned, its days are over, or you were not there.")


class SheetNotFilled(Refused):
    code = "coaching_sheet_not_filled"
    text = _("Answer each of the three with 1 to 5; words are as you like.")


@transaction.atomic
def plan_group(
    *,
    title: str,
    topic: str,
    minutes: int,
    due: datetime,
    agent_ids: Sequence[int],
    by: Actor,
    at: datetime,
    activity: str = "",
    exercise_id: int | None = None,
    prompt: str = "",
) -> GroupSession:
    """Plan a session of several people; the minutes are owed to each, independent contractors are asked along.

    ``activity`` is what they do together on their phones, by its kind; empty: they talk.
    """
    require(by, P.LEAD_GROUPS)
    if by.user_id is None:
        refuse(by)
    wanted = list(dict.fromkeys(agent_ids))
    agents = [pick(queries.agents_to_invite(by), each) for each in wanted[: rules.MOST_MEMBERS]]
    if not title.strip() or not topic.strip():
        raise GroupTime(what=_said("Say what the session is called and what it is about."))
    if due <= at:
        raise GroupTime(what=_said("The day it is to be held by is over; choose a later one."))
    if not 2 <= len(wanted) <= rules.MOST_MEMBERS:
        raise NobodyToMeet(most=rules.MOST_MEMBERS)
    group = GroupSession.objects.create(
        title=title.strip(), topic=topic.strip(), lead_id=by.user_id, minutes=minutes, due=due, made_at=at
    )
    if activity:
        group_activity.prepare(
            group, kind=activity, exercise_id=exercise_id, prompt=prompt, agent_ids=wanted, by=by, at=at
        )
    members = [GroupMember(group=group, agent=agent) for agent in agents]
    GroupMember.objects.bulk_create(members)
    for agent_id in owed_members(members):
        offphone.owe(
            agent_id=agent_id,
            minutes=minutes,
            kind="team",
            reason=group.title,
            due=due,
            by=SYSTEM,
            at=at,
            once=minutes_name(group.pk, agent_id),
            owner=by.user_id,
        )
    _note(group, "coaching.plan_group", by, at)
    _tell(group, [agent.user_id for agent in agents], "planned", at)
    return group


@transaction.atomic
def give_group_time(*, group_id: int, start: datetime, version: int, by: Actor, at: datetime) -> GroupSession:
    """Give everybody the same time: all of them, or none.

    Whoever leads the group owes these minutes and may place them, and nothing else of these people's time.
    """
    group = _locked(group_id, by, version)
    _in_state(group, rules.PLANNED, rules.HELD)
    owed = owed_members(list(group.members.select_related("agent")))
    if not queries.may_gather(by, owed):
        raise NotFound
    names = [minutes_name(group.pk, agent_id) for agent_id in owed]
    for each in off_phone.visible_sessions(SYSTEM).filter(once__in=names).order_by("pk"):
        offphone.place(session_id=each.pk, start=start, version=each.version, by=SYSTEM, at=at)
    group.begins = start
    return save_group(group, "coaching.time_group", by, at)


@transaction.atomic
def cancel_group(*, group_id: int, why: str, version: int, by: Actor, at: datetime) -> GroupSession:
    """Call it off; everybody reads why, and the minutes are owed no more."""
    group = _locked(group_id, by, version)
    if not why.strip():
        raise promises.WithoutReason(what=group.title)
    return call_off(group, why, by, at)


def call_off(group: GroupSession, why: str, by: Actor, at: datetime) -> GroupSession:
    """Nobody meets: minutes fall away, and everybody reads why."""
    _move(group, rules.CANCELLED)
    group.answer, group.ended_at = why.strip()[:200], at
    members = list(group.members.select_related("agent"))
    for agent_id in owed_members(members):
        offphone.fall_away(once=minutes_name(group.pk, agent_id), why=group.answer, by=SYSTEM, at=at)
    group_activity.call_off(group, group.answer, at)
    _tell(group, [each.agent.user_id for each in members], "cancelled", at)
    return save_group(group, "coaching.cancel_group", by, at)


@transaction.atomic
def hold_group(*, group_id: int, absent_ids: Sequence[int], version: int, by: Actor, at: datetime) -> GroupSession:
    """It took place; who came is asked for a sheet without a name, where at least five came."""
    group = _locked(group_id, by, version)
    _move(group, rules.HELD)
    members = list(group.members.select_related("agent"))
    missed = set(absent_ids)
    for each in members:
        each.came = each.agent_id not in missed
    came = [each for each in members if each.came]
    if not came:
        raise NobodyToMeet(most=rules.MOST_MEMBERS)
    GroupMember.objects.bulk_update(members, ["came"])
    owed = set(owed_members(members))
    for each in members:
        once = minutes_name(group.pk, each.agent_id)
        if each.came:
            note_touch(
                agent_id=each.agent_id,
                by_user_id=group.lead_id,
                kind="group",
                minutes=group.minutes,
                at=at,
                once=once,
            )
            if each.agent_id in owed:
                offphone.settle(once=once, by=SYSTEM, at=at)
        elif each.agent_id in owed:
            offphone.fall_away(once=once, why=_said("the group met without you"), by=SYSTEM, at=at)
    group_activity.leave(group, sorted(missed), at)
    group.held_at = at
    if rules.sheets_asked(len(came)):
        group.sheets_until = at + timedelta(days=rules.SHEET_DAYS)
        _tell(group, [each.agent.user_id for each in came], "sheet", at)
    return save_group(group, "coaching.hold_group", by, at)


def return_sheet(
    *,
    group_id: int,
    answers: Mapping[str, int],
    keep: str = "",
    change: str = "",
    by: Actor,
    at: datetime,
    meant: bool = False,
) -> None:
    """Return one's sheet. This writes one row and nothing else: no audit, notice or message beside the moment."""
    require(by, P.SEE_GROUPS)
    group = queries.the_group(by, group_id)
    if not queries.may_return(by, group, at) or by.user_id is None:
        raise NoSheet
    if any(answers.get(key) not in (1, 2, 3, 4, 5) for key in rules.SCALE):
        raise SheetNotFilled
    mind(keep, change, meant=meant)
    try:
        with transaction.atomic():
            ReturnSheet.objects.create(
                group=group,
                key=sheets.key_of(group.pk, by.user_id),
                keep=keep.strip()[:600],
                change=change.strip()[:600],
                **{key: answers[key] for key in rules.SCALE},
            )
    except IntegrityError as error:
        raise NoSheet from error


def take_in_sheets(at: datetime) -> int:
    """Take in the sheets of every group whose days are over: keys go, rows are written anew in no order."""
    taken = queries.sheets_due(at)
    for group_id in taken:
        with transaction.atomic():
            group = GroupSession.objects.select_for_update().get(pk=group_id)
            if group.sheets_in_at is not None:
                continue
            found = list(ReturnSheet.objects.filter(group=group))
            ReturnSheet.objects.filter(group=group).delete()
            enough = len(found) >= rules.SMALLEST
            if enough:
                SystemRandom().shuffle(found)
                ReturnSheet.objects.bulk_create(
                    ReturnSheet(
                        group=group,
                        keep=each.keep,
                        change=each.change,
                        **{key: getattr(each, key) for key in rules.SCALE},
                    )
                    for each in found
                )
            group.sheets_in_at, group.returned = at, len(found) if enough else None
            _tell(group, [group.lead_id], "in", at)
            save_group(group, "coaching.take_in_sheets", SYSTEM, at)
    return len(taken)


@transaction.atomic
def close_group(
    *, group_id: int, outcome: str, outcome_due: datetime, version: int, by: Actor, at: datetime
) -> GroupSession:
    """Say what will change and by when: a promise to the whole group."""
    group = _locked(group_id, by, version)
    _in_state(group, rules.HELD, rules.CLOSED)
    if group.sheets_until is not None and group.sheets_in_at is None:
        raise SheetsStillOpen
    if not outcome.strip() or not at < outcome_due <= at + LONGEST:
        raise OutcomeMissing
    _move(group, rules.CLOSED)
    group_activity.close(group, by, at)
    group.outcome, group.outcome_due, group.ended_at = outcome.strip(), outcome_due, at
    promises.register(
        kind=GROUP_PROMISE,
        ref=(queries.GROUP, group.pk),
        owner=group.lead_id,
        to=_said("a group of %(n)d") % {"n": len(_who_came(group))},
        what=_said("What will change after a group session"),
        due=outcome_due,
        by=by,
        at=at,
        once=promise_name(group),
    )
    _tell(group, _who_came(group), "closed", at)
    return save_group(group, "coaching.close_group", by, at)


@transaction.atomic
def keep_group_word(*, group_id: int, version: int, by: Actor, at: datetime) -> GroupSession:
    """What was promised to the group has changed."""
    group = _locked(group_id, by, version)
    _in_state(group, rules.CLOSED, rules.CLOSED)
    if group.kept_at is not None:
        return group
    promises.keep(once=promise_name(group), by=by, at=at)
    group.kept_at = at
    _tell(group, _who_came(group), "kept", at)
    return save_group(group, "coaching.keep_group_word", by, at)


def promise_name(group: GroupSession) -> str:
    return f"group:{group.pk}"


def who_reads(group: GroupSession, members: Sequence[GroupMember]) -> list[int | None]:
    """The users of a group: before it met all who are asked, afterwards those who came."""
    return [each.agent.user_id for each in members if group.state == rules.PLANNED or each.came]


def _who_came(group: GroupSession) -> list[int | None]:
    return list(group.members.filter(came=True).values_list("agent__user", flat=True))


def _locked(group_id: int, by: Actor, version: int) -> GroupSession:
    require(by, P.LEAD_GROUPS)
    found = queries.the_group(by, group_id)
    if found.lead_id != by.user_id:
        raise OnlyTheLead(name=found.lead.name)
    group = GroupSession.objects.select_for_update().get(pk=group_id)
    if group.version != version:
        raise Stale
    return group


def _in_state(group: GroupSession, state: str, to: str) -> None:
    if group.state != state:
        now, wanted = GroupSession.State(group.state).label, GroupSession.State(to).label
        raise GroupMoveNotAllowed(state=now, to=wanted)


def _move(group: GroupSession, to: str) -> None:
    if not rules.may_move(group.state, to):
        now, wanted = GroupSession.State(group.state).label, GroupSession.State(to).label
        raise GroupMoveNotAllowed(state=now, to=wanted)
    group.state = to


def save_group(group: GroupSession, verb: str, by: Actor, at: datetime) -> GroupSession:
    group.version += 1
    group.save()
    _note(group, verb, by, at)
    return group


def _note(group: GroupSession, verb: str, by: Actor, at: datetime) -> None:
    audit.record(by=by, verb=verb, about=(queries.GROUP, group.pk), facts={}, at=at)


def _tell(group: GroupSession, users: Sequence[int | None], what: str, at: datetime) -> None:
    for user in {each for each in users if each is not None}:
        once = f"group:{group.pk}:{what}"
        notices.notify(to=user, kind=GROUP_KIND, ref=(queries.GROUP, group.pk), once=once, at=at)
