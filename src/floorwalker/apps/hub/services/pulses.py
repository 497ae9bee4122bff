"""Asking a pulse, answering it without a name, closing it, and answering for management with a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub import pulse_keys, queries
from floorwalker.apps.hub.models import Pulse, PulseAsked, PulseResult, PulseSheet
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules import floors
from floorwalker.apps.hub.rules import posts as words
from floorwalker.apps.hub.rules import pulses as rules
from floorwalker.apps.people import queries as people
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused

PULSE_PROMISE = "hub.pulse"
ASKED, ENDED, PULSE_WAITS = "hub.pulse_asked", "hub.pulse_ended", "hub.pulse_waits"
END_OF_THE_DAY = time(23, 59)
COLUMNS = ("first", "second", "third", "fourth")
WHO_WAS_ASKED = _("everybody who was asked")


class PulseDays(Refused):
    code = "hub_pulse_days"
    text = _("A pulse stays open for a day at least, and the day of your answer comes after its last day.")


class PulseTooSmall(Refused):
    code = "hub_pulse_too_small"
    text = _("Fewer than {smallest} agents can sign in there; nobody could answer without a name.")


class PulseRunning(Refused):
    code = "hub_pulse_running"
    status = 409
    text = _("A pulse is open there already; wait for its last day.")


class NoPulse(Refused):
    code = "hub_no_pulse"
    status = 409
    text = _("This pulse cannot be answered any more.")


class NotFilled(Refused):
    code = "hub_pulse_not_filled"
    text = _("Answer all four questions from 1 to 5.")


class PulseNotSo(Refused):
    code = "hub_pulse_not_so"
    status = 409
    text = _("This pulse is {state}; that step does not fit.")


class FollowNeeded(Refused):
    code = "hub_pulse_follow_needed"
    text = _("Write what follows, and name the day by which it does; it is a promise and lies ahead.")


@transaction.atomic
def ask_pulse(
    *,
    closes_on: date,
    answer_by: date,
    fourth: str,
    by: Actor,
    at: datetime,
    asks: str = rules.USUAL,
    site_id: int | None = None,
) -> Pulse:
    """Ask all agents, or those of a site. The answer of management is promised with it.

    ``asks`` is the set of questions; the four drivers always end with the career, whatever ``fourth`` says.
    """
    require(by, P.ASK_PULSE)
    if by.user_id is None:
        refuse(by)
    if site_id is None and not by.sight(P.ASK_PULSE).everything:
        refuse(by)
    if site_id is not None and not queries.sites_to_ask(by).filter(pk=site_id).exists():
        raise NotFound
    if asks == rules.DRIVERS:
        fourth = rules.CAREER
    if closes_on <= at.date() or answer_by <= closes_on or fourth not in rules.FOURTH:
        raise PulseDays
    if Pulse.objects.filter(site=site_id, state=Pulse.State.OPEN).exists():
        raise PulseRunning
    users = [user for user in queries.agents_asked(site_id, at.date()).values_list("user", flat=True) if user]
    if len(users) < floors.SMALLEST:
        raise PulseTooSmall(smallest=floors.SMALLEST)
    found = Pulse.objects.create(
        site_id=site_id,
        asks=asks,
        fourth=fourth,
        by_id=by.user_id,
        opened_at=at,
        closes_on=closes_on,
        answer_by=answer_by,
        asked=len(users),
    )
    PulseAsked.objects.bulk_create((PulseAsked(pulse=found, user_id=user) for user in users), batch_size=2000)
    notices.notify_many(to=users, kind=ASKED, ref=("hub.pulse", found.pk), once=f"hub:pulse:{found.pk}", at=at)
    _record(found, "hub.ask_pulse", by, at)
    return found


def answer_pulse(*, pulse_id: int, answers: Mapping[str, int], by: Actor, at: datetime) -> None:
    """Answer, or answer anew while it is open: one row is written, no audit, notice or message beside it."""
    require(by, P.SEE_PULSE)
    pulse = queries.the_pulse(by, pulse_id)
    agent = people.agent_of(by)
    if by.user_id is None or agent is None or not queries.is_asked(by, pulse):
        refuse(by)
    given = [answers.get(name) for name in rules.questions(pulse.asks, pulse.fourth)]
    if any(each not in rules.SCALE for each in given):
        raise NotFilled
    with transaction.atomic():
        locked = Pulse.objects.select_for_update(no_key=True).get(pk=pulse.pk)
        if locked.state != Pulse.State.OPEN or at.date() > locked.closes_on:
            raise NoPulse
        PulseSheet.objects.filter(pulse=pulse, key__in=pulse_keys.keys_of(pulse.pk, by.user_id)).delete()
        PulseSheet.objects.create(
            pulse=pulse,
            key=pulse_keys.key_of(pulse.pk, by.user_id),
            team_id=agent.team_id,
            band=rules.band_of(agent.started_on, pulse.opened_at.date()),
            **dict(zip(COLUMNS, given, strict=True)),
        )


def close_pulses(at: datetime) -> int:
    """Count every pulse whose last day is over: sums of groups that may be shown stay, no sheet does."""
    due = list(queries.to_close(at.date()).values_list("pk", flat=True))
    for pk in due:
        with transaction.atomic():
            pulse = Pulse.objects.select_for_update().get(pk=pk)
            if pulse.state == Pulse.State.OPEN:
                _close(pulse, at)
    return len(due)


def _close(pulse: Pulse, at: datetime) -> None:
    sheets = list(PulseSheet.objects.filter(pulse=pulse))
    PulseSheet.objects.filter(pulse=pulse).delete()
    PulseResult.objects.bulk_create(counted(pulse, sheets))
    enough = len(sheets) >= floors.SMALLEST
    pulse.state, pulse.closed_at = (Pulse.State.CLOSED if enough else Pulse.State.TOO_FEW), at
    pulse.version += 1
    pulse.save()
    _record(pulse, "hub.close_pulse", SYSTEM, at)
    about = ("hub.pulse", pulse.pk)
    once = f"hub:pulse:{pulse.pk}:closed"
    notices.notify_many(to=queries.users_asked(pulse), kind=ENDED, ref=about, once=once, at=at)
    if enough:
        _promise(pulse, "answer", _said("Answer to the pulse of %(day)s"), pulse.answer_by, SYSTEM, at)
        notices.notify(to=pulse.by_id, kind=PULSE_WAITS, ref=about, once=f"{once}:waits", at=at)


def counted(pulse: Pulse, sheets: list[PulseSheet]) -> list[PulseResult]:
    """The sums that may be shown: of all, of teams, of bands of tenure; none gives away fewer than five."""
    if len(sheets) < floors.SMALLEST:
        return []
    cells = Counter((sheet.team_id, sheet.band) for sheet in sheets)
    teams, bands = floors.shown(cells)
    found = _sums(pulse, sheets, PulseResult.Group.ALL)
    for team in sorted(teams):
        of_team = [each for each in sheets if each.team_id == team]
        found += _sums(pulse, of_team, PulseResult.Group.TEAM, team=team)
    for band in sorted(bands):
        of_band = [each for each in sheets if each.band == band]
        found += _sums(pulse, of_band, PulseResult.Group.BAND, band=band)
    return found


def _sums(
    pulse: Pulse, sheets: list[PulseSheet], group: str, *, team: int | None = None, band: str = ""
) -> list[PulseResult]:
    shares = {
        question: rules.Share(sum(getattr(each, column) >= rules.AGREES_FROM for each in sheets), len(sheets))
        for column, question in zip(COLUMNS, rules.questions(pulse.asks, pulse.fourth), strict=True)
    }
    weakest = rules.weakest(shares) if pulse.asks == rules.DRIVERS else None
    return [
        PulseResult(
            pulse=pulse,
            group=group,
            team_id=team,
            band=band,
            question=question,
            agree=share.agree,
            answered=share.of,
            weakest=question == weakest,
        )
        for question, share in shares.items()
    ]


@transaction.atomic
def say_what_follows(*, pulse_id: int, text: str, follows_by: date | None, by: Actor, at: datetime) -> Pulse:
    """Management's answer: what follows and by when, a promise to everybody who was asked."""
    pulse = _locked(pulse_id, by)
    if pulse.state != Pulse.State.CLOSED:
        raise PulseNotSo(state=pulse.get_state_display())
    text = words.plain(text)[:4000]
    if not text or follows_by is None or follows_by <= at.date():
        raise FollowNeeded
    promises.keep(once=_once(pulse, "answer"), by=by, at=at)
    pulse.answer, pulse.answered_at, pulse.follows_by = text, at, follows_by
    _move(pulse, Pulse.State.ANSWERED, "hub.answer_pulse", by, at)
    _promise(pulse, "follows", _said("What follows from the pulse of %(day)s"), follows_by, by, at)
    return pulse


@transaction.atomic
def end_pulse(*, pulse_id: int, text: str, by: Actor, at: datetime) -> Pulse:
    """What was promised is done: what has changed."""
    pulse = _locked(pulse_id, by)
    if pulse.state != Pulse.State.ANSWERED:
        raise PulseNotSo(state=pulse.get_state_display())
    text = words.plain(text)[:4000]
    if not text:
        raise FollowNeeded
    promises.keep(once=_once(pulse, "follows"), by=by, at=at)
    pulse.outcome, pulse.done_at = text, at
    _move(pulse, Pulse.State.DONE, "hub.end_pulse", by, at)
    return pulse


def _locked(pulse_id: int, by: Actor) -> Pulse:
    require(by, P.ASK_PULSE)
    found = queries.the_pulse(by, pulse_id, P.ASK_PULSE)
    return Pulse.objects.select_for_update(of=("self",)).get(pk=found.pk)


def _move(pulse: Pulse, state: str, verb: str, by: Actor, at: datetime) -> None:
    pulse.state, pulse.version = state, pulse.version + 1
    pulse.save()
    _record(pulse, verb, by, at)
    once = f"hub:pulse:{pulse.pk}:{state}"
    about = ("hub.pulse", pulse.pk)
    notices.notify_many(to=queries.users_asked(pulse), kind=ENDED, ref=about, once=once, at=at)


def _promise(pulse: Pulse, stage: str, what: str, day: date, by: Actor, at: datetime) -> None:
    promises.register(
        kind=PULSE_PROMISE,
        ref=("hub.pulse", pulse.pk),
        owner=pulse.by_id,
        to=str(WHO_WAS_ASKED),
        what=what % {"day": pulse.closes_on.isoformat()},
        due=datetime.combine(day, END_OF_THE_DAY, UTC),
        by=by,
        at=at,
        once=_once(pulse, stage),
    )


def _once(pulse: Pulse, stage: str) -> str:
    return f"hub:pulse:{pulse.pk}:{stage}"


def _record(pulse: Pulse, verb: str, by: Actor, at: datetime) -> None:
    facts = {"state": pulse.state, "asked": pulse.asked}
    audit.record(by=by, verb=verb, about=("hub.pulse", pulse.pk), facts=facts, at=at)
