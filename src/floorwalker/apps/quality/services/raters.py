"""Taking scores apart: asked for by somebody or by the night, computed by a job, kept whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import AgentEffect, RaterEffect, RaterFit
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import raters as rules
from floorwalker.kernel import audit, jobs
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.jobs import Fence

FIT = "quality.fit_raters"
FIT_REF = "quality.fit"
OWN_SCORES_KEPT = 2  # fits whose scores of agents are kept; what evaluators give stays


class FitUnderWay(Refused):
    code = "quality_fit_under_way"
    status = 409
    text = _("Scores are being taken apart already; what comes of it stands here when it is done.")


@transaction.atomic
def order_fit(*, by: Actor, at: datetime) -> RaterFit:
    """Have the scores of the last year taken apart; a job computes it."""
    require(by, P.FIT_RATERS)
    waiting = (
        RaterFit.objects.select_for_update().filter(state=RaterFit.State.WAITING).order_by("-version").first()
    )
    if waiting is not None:
        job = jobs.latest((FIT_REF, waiting.pk))
        if job is not None and job.live:
            raise FitUnderWay
        _end(waiting, RaterFit.State.FAILED, str(_("Its job ended without an answer.")), at)
    last = RaterFit.objects.aggregate(n=Max("version"))["n"] or 0
    since = at - timedelta(days=rules.LOOK_BACK_DAYS)
    try:
        with transaction.atomic():
            fit = RaterFit.objects.create(version=last + 1, asked_at=at, asked_by=by.name, since=since)
    except IntegrityError as error:  # somebody else asked at this moment
        raise FitUnderWay from error
    jobs.start(FIT, ref=(FIT_REF, fit.pk), title=_("Take scores apart"), by=by, at=at, lock=FIT)
    audit.record(by=by, verb="quality.order_fit", about=(FIT_REF, fit.pk), facts={"version": fit.version}, at=at)
    return fit


def fit_nightly(at: datetime) -> RaterFit | None:
    """Every night, where something was evaluated since the last time."""
    last = RaterFit.objects.order_by("-version").first()
    fresh = queries.evaluations_since(last.asked_at if last else at - timedelta(days=rules.LOOK_BACK_DAYS))
    if not fresh.exists():
        return None
    try:
        return order_fit(by=SYSTEM, at=at)
    except FitUnderWay:
        return None


@transaction.atomic
def keep_fit(*, fit_id: int, result: Mapping[str, Any], fence: Fence, at: datetime) -> RaterFit:
    """What the job has computed, or in a sentence why it came to nothing."""
    fence.hold()
    fit = RaterFit.objects.select_for_update().get(pk=fit_id)
    for name in ("evaluations", "agents", "evaluators", "twice"):
        setattr(fit, name, result[name])
    state = RaterFit.State(result["state"])
    if state == RaterFit.State.FITTED:
        fit.mean, fit.spread, fit.items = result["mean"], result["spread"], result["items"]
        _keep_raters(fit, result["raters"])
        AgentEffect.objects.bulk_create(_own_score(fit, each) for each in result["scores"])
        AgentEffect.objects.filter(fit__version__lte=fit.version - OWN_SCORES_KEPT).delete()
    return _end(fit, state, _why(result), at)


@transaction.atomic
def fit_failed(*, fit_id: int, why: str, stopped: bool, fence: Fence, at: datetime) -> RaterFit:
    """Its work ended without an answer."""
    fence.hold()
    fit = RaterFit.objects.select_for_update().get(pk=fit_id)
    return _end(fit, RaterFit.State.STOPPED if stopped else RaterFit.State.FAILED, why, at)


def _end(fit: RaterFit, state: str, why: str, at: datetime) -> RaterFit:
    fit.state, fit.why, fit.fitted_at = state, why, at
    fit.save()
    facts = {"state": state, "evaluations": fit.evaluations}
    audit.record(by=SYSTEM, verb="quality.end_fit", about=(FIT_REF, fit.pk), facts=facts, at=at)
    return fit


def _why(result: Mapping[str, Any]) -> str:
    if result["state"] == "small":
        if result["evaluators"] < 2:
            return str(_("One evaluator alone: leniency shows only beside somebody else’s scores."))
        return str(
            _("{n} evaluations of the last year are shown; {least} are needed.").format(
                n=result["evaluations"], least=rules.LEAST_EVALUATIONS
            )
        )
    return str(result.get("why", ""))


def _keep_raters(fit: RaterFit, raters: list[dict[str, Any]]) -> None:
    disputes = queries.disputes_of(fit.since)
    teams = queries.teams_scored(fit.since)
    rows = []
    for each in raters:
        disputed, changed = disputes.get(each["id"], (0, 0))
        rows.append(
            RaterEffect(
                fit=fit,
                evaluator_id=each["id"],
                evaluations=each["n"],
                disputed=disputed,
                changed=changed,
                points=each["points"],
                low=each["low"],
                high=each["high"],
                silent=each["silent"],
            )
        )
    made = RaterEffect.objects.bulk_create(rows)
    through = RaterEffect.teams.through
    through.objects.bulk_create(
        through(ratereffect_id=row.pk, team_id=team)
        for row in made
        for team in sorted(teams.get(row.evaluator_id, ()))
    )


def _own_score(fit: RaterFit, each: Mapping[str, Any]) -> AgentEffect:
    return AgentEffect(
        fit=fit,
        agent_id=each["id"],
        evaluations=each["n"],
        raw=each["raw"],
        adjusted=each["points"],
        low=each["low"],
        high=each["high"],
        silent=each["silent"],
    )
