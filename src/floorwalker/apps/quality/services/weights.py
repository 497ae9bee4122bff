"""Weight rounds: opened, weighed blind, closed, proposed, answered, put in force as the form's next version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.promises import services as promises
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import WeightRound, WeightVote, WeightVoter
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import weights as rules
from floorwalker.apps.quality.rules.forms import FormContent
from floorwalker.apps.quality.services.writing import publish_form, start_draft
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Refused, Stale
from floorwalker.kernel.look import end_words

State = WeightRound.State
ROUND = "quality.weights"
PROMISE_WEIGH, PROMISE_AGREE = "quality.weigh", "quality.agree_weights"
NOTICES: dict[str, object] = {
    "quality.weigh": _("Items of a form to weigh"),
    "quality.weighed": _("Items of a form are weighed"),
    "quality.weights_proposed": _("Weights of a form to agree to"),
    "quality.weights_answered": _("Weights you proposed are answered"),
    "quality.weights_agreed": _("Weights of a form are agreed"),
    "quality.weights_ended": _("A weighing ended without an agreement"),
}
AGREE_WITHIN = timedelta(days=14)
ANSWER_WITHIN = timedelta(days=7)
MOST_DAYS = 60
LEAST_LEADERS = 2


class RoundDay(Refused):
    code = "quality_round_day"
    text = _("Choose a day from tomorrow on, within {most} days, so that all know until when.")


class TooFewLeaders(Refused):
    code = "quality_round_leaders"
    text = _("Ask {least} leaders at least, from those who judge or lead; one alone agrees with themselves.")


class NotWeighable(Refused):
    code = "quality_round_form"
    status = 409
    text = _("Only a form in force is weighed, and one round of it at a time.")


class RoundNotOpen(Refused):
    code = "quality_round_not_open"
    status = 409
    text = _("This round is {state}; nothing can be weighed any more.")


class RoundNotClosed(Refused):
    code = "quality_round_not_closed"
    status = 409
    text = _("This round is {state}. Weights are proposed once it is closed, so that nobody is led by the others.")


class RoundNotProposed(Refused):
    code = "quality_round_not_proposed"
    status = 409
    text = _("This round is {state}. Weights are put in force once they are proposed and answered.")


class SayWhyNot(Refused):
    code = "quality_say_why_not"
    text = _("Say in a few words why not; who proposed the weights can do nothing with a bare no.")


class AnswersWaited(Refused):
    code = "quality_answers_waited"
    status = 409
    text = _("{n} of those who weighed have not answered yet; they may until {until}.")


class NotCarried(Refused):
    code = "quality_weights_not_carried"
    status = 409
    text = _("{yes} say yes and {no} no. Propose other weights, or give the round up; the form stays as it is.")


class NoVote(Refused):
    code = "quality_no_vote"
    text = _("These weights cannot be taken: {problem}")


FLAWS = {
    "unknown": _("they name an item the form does not have."),
    "missing": _("every item needs a weight; 0 is looked at and not counted."),
    "range": _("a weight is a number from 0 to 1000."),
    "nothing": _("at least one item must weigh something."),
    "agents": _("at least one item that the agent controls must weigh something."),
}


@transaction.atomic
def open_round(
    *,
    version_id: int,
    leaders: Collection[int],
    due: datetime,
    by: Actor,
    at: datetime,
    owner_id: int | None = None,
) -> WeightRound:
    """Ask leaders what each item is worth; each learns of it, and promises an answer by the day."""
    require(by, P.KEEP_FORMS)
    version = queries.the_version(by, version_id, P.KEEP_FORMS)
    if version.state != version.State.IN_FORCE:
        raise NotWeighable
    if not at < due <= at + timedelta(days=MOST_DAYS):
        raise RoundDay(most=MOST_DAYS)
    known = dict(queries.leaders_to_ask(by))
    asked = [pk for pk in dict.fromkeys(leaders) if pk in known]
    if len(asked) < LEAST_LEADERS or len(asked) != len(set(leaders)):
        raise TooFewLeaders(least=LEAST_LEADERS)
    owner = owner_id or by.user_id
    if owner is None:
        refuse(by)
    try:
        with transaction.atomic():
            found = WeightRound.objects.create(form_version=version, owner_id=owner, opened_at=at, due=due)
    except IntegrityError as error:
        raise NotWeighable from error
    WeightVoter.objects.bulk_create(WeightVoter(round=found, leader_id=pk) for pk in asked)
    what = gettext("Weigh the items of “%(form)s”") % {"form": version.form.name}
    for pk in asked:
        promises.register(
            kind=PROMISE_WEIGH, ref=(ROUND, found.pk), owner=pk, to=owner, what=what, due=due, by=by, at=at,
            once=_voter_name(found, pk),
        )  # fmt: skip
        _tell(found, pk, "weigh", at)
    promises.register(
        kind=PROMISE_AGREE, ref=(ROUND, found.pk), owner=owner, to=gettext("who weighs it"),
        what=gettext("Agree the weights of “%(form)s”") % {"form": version.form.name}, due=due + AGREE_WITHIN,
        by=by, at=at, once=_owner_name(found),
    )  # fmt: skip
    _record("open_round", found, by, at, asked=len(asked))
    return found


@transaction.atomic
def weigh(*, round_id: int, weights: Mapping[str, float], by: Actor, at: datetime) -> WeightRound:
    """What one leader thinks; it can be said anew while the round is open. With the last one it closes."""
    require(by, P.WEIGH)
    found = _locked(round_id, by)
    voter = WeightVoter.objects.select_for_update().filter(round=found, leader=by.user_id).first()
    if voter is None:
        refuse(by)
    if found.state != State.OPEN:
        raise RoundNotOpen(state=found.get_state_display())
    if problem := rules.flaw(weights, [item.key for item in queries.items_weighed(found.form_version)]):
        raise NoVote(problem=FLAWS[problem])
    voter.votes.all().delete()
    WeightVote.objects.bulk_create(WeightVote(voter=voter, item_key=k, weight=w) for k, w in weights.items())
    voter.voted_at = at
    voter.save(update_fields=["voted_at"])
    promises.keep(once=_voter_name(found, voter.leader_id), by=by, at=at)
    _record("weigh", found, by, at)
    if not found.voters.filter(voted_at=None).exists():
        _close(found, SYSTEM, at)
    return found


@transaction.atomic
def close_round(*, round_id: int, by: Actor, at: datetime) -> WeightRound:
    """Weigh no longer: who has not answered is waited for by nobody."""
    found = _owned(round_id, by)
    if found.state != State.OPEN:
        raise RoundNotOpen(state=found.get_state_display())
    return _close(found, by, at)


@transaction.atomic
def propose_weights(
    *, round_id: int, weights: Mapping[str, float], version: int, by: Actor, at: datetime
) -> WeightRound:
    """Put weights before those who weighed; each says yes or no within a week. Proposed anew all answer anew."""
    found = _owned(round_id, by)
    if found.version != version:
        raise Stale
    if found.state not in (State.CLOSED, State.PROPOSED):
        raise RoundNotClosed(state=found.get_state_display())
    problem = rules.flaw(weights, [item.key for item in queries.items_weighed(found.form_version)])
    counts = any(
        weights.get(i.key, 0) > 0 and i.controlled_by == "agent" for i in found.form_version.words.items()
    )
    if problem or not counts:
        raise NoVote(problem=FLAWS[problem or "agents"])
    found.state, found.version = State.PROPOSED, found.version + 1
    found.proposed, found.answer_until = dict(weights), at + ANSWER_WITHIN
    found.save()
    found.voters.update(assent="", assent_why="", assent_at=None)
    theirs = found.voters.filter(leader=found.owner_id, voted_at__isnull=False)
    theirs.update(assent=WeightVoter.Assent.YES, assent_at=at)
    _record("propose_weights", found, by, at)
    for leader in queries.answers_awaited(found).values_list("leader", flat=True):
        _tell(found, leader, "weights_proposed", at)
    return found


@transaction.atomic
def answer_weights(*, round_id: int, agrees: bool, why: str, version: int, by: Actor, at: datetime) -> WeightRound:
    """Yes, or no with the reason, to the weights proposed; said anew while they are not in force."""
    require(by, P.WEIGH)
    found = _locked(round_id, by)
    voter = found.voters.select_for_update().filter(leader=by.user_id, voted_at__isnull=False).first()
    if voter is None:
        refuse(by)
    if found.state != State.PROPOSED:
        raise RoundNotProposed(state=found.get_state_display())
    if found.version != version:
        raise Stale  # nobody agrees to what was replaced meanwhile
    if not agrees and not why.strip():
        raise SayWhyNot
    said = WeightVoter.Assent.YES if agrees else WeightVoter.Assent.NO
    voter.assent, voter.assent_why, voter.assent_at = said, why.strip()[:300], at
    voter.save(update_fields=["assent", "assent_why", "assent_at"])
    _record("answer_weights", found, by, at, said=str(said))
    if not queries.answers_awaited(found).exists():
        _tell(found, found.owner_id, "weights_answered", at)
    return found


@transaction.atomic
def agree_weights(*, round_id: int, version: int, by: Actor, at: datetime) -> WeightRound:
    """Put what was proposed in force as the form's next version, with who agreed, did not, or said nothing."""
    found = _owned(round_id, by)
    if found.version != version:
        raise Stale
    if found.state != State.PROPOSED or found.proposed is None or found.answer_until is None:
        raise RoundNotProposed(state=found.get_state_display())
    counted = queries.answers_counted(found)
    if counted.silent and at < found.answer_until:
        raise AnswersWaited(n=counted.silent, until=end_words(found.answer_until))
    if not counted.carried:
        raise NotCarried(yes=counted.yes, no=counted.no)
    draft = start_draft(form_id=found.form_version.form_id, by=by, at=at)
    draft.content = _weighed(draft.words, found.proposed).to_json()
    draft.save(update_fields=["content"])
    found.result = publish_form(
        version_id=draft.pk, version=draft.version, agreed=queries.answers_by_name(found) or [(by.name, "yes")],
        round_id=found.pk, by=by, at=at,
    )  # fmt: skip
    promises.keep(once=_owner_name(found), by=by, at=at)
    _end(found, State.AGREED, by, at)
    _tell_voters(found, "weights_agreed", at)
    return found


@transaction.atomic
def end_round(*, round_id: int, why: str, by: Actor, at: datetime) -> WeightRound:
    """Give the round up: the form stays as it is."""
    found = _owned(round_id, by)
    if found.state not in (State.OPEN, State.CLOSED, State.PROPOSED):
        raise RoundNotClosed(state=found.get_state_display())
    if found.state == State.OPEN:
        _close(found, by, at, tell=False)
    promises.withdraw(once=_owner_name(found), why=why, by=by, at=at)
    _end(found, State.ENDED, by, at)
    _tell_voters(found, "weights_ended", at)
    return found


def close_due_rounds(at: datetime) -> int:
    """Every hour: rounds whose day has passed are closed; how many."""
    closed = 0
    for pk in list(queries.due_rounds(at).values_list("pk", flat=True)):
        with transaction.atomic():
            found = queries.due_rounds(at).select_for_update(skip_locked=True).filter(pk=pk).first()
            if found is not None:
                _close(found, SYSTEM, at)
                closed += 1
    return closed + _tell_of_answers(at)


def _tell_of_answers(at: datetime) -> int:
    """Who proposed weights learns that the days for answers have passed; the name of the notice tells it once."""
    told = 0
    for found in queries.proposals_past(at):
        told += _tell(found, found.owner_id, "weights_answered", at)
    return told


def _close(found: WeightRound, by: Actor, at: datetime, tell: bool = True) -> WeightRound:
    found.state, found.closed_at, found.version = State.CLOSED, at, found.version + 1
    found.save()
    _record("close_round", found, by, at)
    if at < found.due:  # past its day a promise that was not kept is broken, not taken back
        for voter in found.voters.filter(voted_at=None):
            why = gettext("the round was closed before its day")
            promises.withdraw(once=_voter_name(found, voter.leader_id), why=why, by=by, at=at)
    if tell:
        _tell(found, found.owner_id, "weighed", at)
        _tell_voters(found, "weighed", at)
    return found


def _end(found: WeightRound, state: str, by: Actor, at: datetime) -> None:
    found.state, found.ended_at, found.version = state, at, found.version + 1
    found.save()
    _record("agree_weights" if state == State.AGREED else "end_round", found, by, at)


def _weighed(content: FormContent, weights: Mapping[str, float]) -> FormContent:
    sections = (
        replace(each, items=tuple(replace(i, weight=weights.get(i.key, i.weight)) for i in each.items))
        for each in content.sections
    )
    return replace(content, sections=tuple(sections))


def _locked(round_id: int, by: Actor) -> WeightRound:
    queries.the_round(by, round_id)
    rows = WeightRound.objects.select_for_update(of=("self",)).select_related("form_version__form")
    found: WeightRound = rows.get(pk=round_id)
    return found


def _owned(round_id: int, by: Actor) -> WeightRound:
    require(by, P.KEEP_FORMS)
    found = _locked(round_id, by)
    if by.kind != "system" and found.owner_id != by.user_id:
        refuse(by)
    return found


def _voter_name(found: WeightRound, leader: int) -> str:
    return f"{PROMISE_WEIGH}:{found.pk}:{leader}"


def _owner_name(found: WeightRound) -> str:
    return f"{PROMISE_AGREE}:{found.pk}"


def _tell(found: WeightRound, user: int, what: str, at: datetime) -> bool:
    once = f"weights:{found.pk}:{found.version}:{what}"
    return notices.notify(to=user, kind=f"quality.{what}", ref=(ROUND, found.pk), once=once, at=at)


def _tell_voters(found: WeightRound, what: str, at: datetime) -> None:
    for leader in found.voters.exclude(leader=found.owner_id).values_list("leader", flat=True):
        _tell(found, leader, what, at)


def _record(verb: str, found: WeightRound, by: Actor, at: datetime, **facts: object) -> None:
    audit.record(by=by, verb=f"quality.{verb}", about=(ROUND, found.pk), facts=facts, at=at)
