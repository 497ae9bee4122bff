"""Scores taken apart: by a job, with who may see what, silent where too little is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from floorwalker.apps.accounts.models import User
from floorwalker.apps.quality import services
from floorwalker.apps.quality.models import AgentEffect, Answer, FormVersion, RaterEffect, RaterFit
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.models import Job
from floorwalker.science.errors import InvalidInput
from tests.apps.quality.cases import a_form
from tests.apps.quality.judged import judged
from tests.people import Cast

Work = Callable[..., None]


def planted(cast: Cast, each: int = 40, **more: int) -> dict[str, User]:
    """The analyst gives most, the supervisor least; three agents of one team share both."""
    version = a_form(cast)
    agents = [person.agent for person in (cast.agent, cast.colleague, cast.contractor) if person.agent]
    judges = {cast.quality_analyst.user: 0.15, cast.supervisor.user: -0.25, cast.other_supervisor.user: 0.0}
    judged(cast, version, agents, judges, each, timezone.now(), **more)
    return {user.name: user for user in judges}


def fitted(work: Work) -> RaterFit:
    fit = services.order_fit(by=SYSTEM, at=timezone.now())
    work(inline=True)
    fit.refresh_from_db()
    return fit


def test_the_lenient_and_the_strict_are_told_apart(cast: Cast, work: Work) -> None:
    """N11: what was planted comes back with its interval; items agents cannot control are left out (N12)."""
    planted(cast, twice=20)
    fit = fitted(work)
    assert (fit.state, fit.evaluations, fit.agents, fit.evaluators, fit.twice) == ("fitted", 140, 3, 3, 20)
    found = {each.evaluator: each for each in RaterEffect.objects.select_related("evaluator")}
    lenient, strict = found[cast.quality_analyst.user], found[cast.supervisor.user]
    assert lenient.low is not None and lenient.low > 0 and strict.high is not None and strict.high < 0
    assert {key for _form, key, *_ in fit.items} == {"greet", "verify", "explain"}
    assert AgentEffect.objects.filter(adjusted__isnull=False).count() == 3
    Answer.objects.filter(item_key="wait").update(value="no")
    again = fitted(work)
    assert again.version == 2 and again.mean == pytest.approx(fit.mean)


def test_who_sees_whose_leniency(cast: Cast, work: Work) -> None:
    """Leads of quality see everybody who scores their agents, by name; an evaluator sees their own alone."""
    people = planted(cast)
    fitted(work)
    lead = cast.client(cast.quality_analyst).get("/quality/raters/").content.decode()
    assert all(f"<td>{name}</td>" in lead for name in people) and "Items, those that cost most" in lead
    assert "more than the mean, for the same work" in lead and "less than the mean" in lead
    own = cast.client(cast.supervisor).get("/quality/raters/").content.decode()
    assert "What you give" in own and "points less than the mean" in own
    assert cast.quality_analyst.user.name not in own and cast.other_supervisor.user.name not in own
    assert (
        cast.quality_analyst.user.name
        not in cast.client(cast.supervisor).get("/quality/raters/raters.csv").getvalue().decode()
    )
    assert cast.client(cast.manager).get("/quality/raters/raters.csv").getvalue().decode().count("\n") == 4
    assert cast.client(cast.agent).get("/quality/raters/").status_code == 404
    assert cast.client(cast.supervisor).post("/quality/raters/fit/").status_code == 404


def test_an_agent_reads_the_adjusted_beside_the_raw(cast: Cast, work: Work) -> None:
    """With its interval, or with the reason for silence."""
    mine = cast.client(cast.agent)
    planted(cast, each=3)
    assert "without the leniency of evaluators yet" in mine.get("/quality/mine/").content.decode()
    assert fitted(work).state == "small"
    small = cast.client(cast.manager).get("/quality/raters/").content.decode()
    assert "9 evaluations of the last year are shown; 40 are needed" in small


def test_an_adjusted_score_has_its_interval(cast: Cast, work: Work) -> None:
    """Beside the average, with how many evaluations it rests on."""
    planted(cast)
    fitted(work)
    page = cast.client(cast.agent).get("/quality/mine/").content.decode()
    assert "Without who evaluated you" in page and "From 40 evaluations of a year" in page


def test_who_shares_no_agent_with_the_others_is_silent(cast: Cast, work: Work) -> None:
    """Neither such an evaluator nor the agents they alone scored are compared with the others."""
    planted(cast)
    version, now = FormVersion.objects.get(), timezone.now()
    assert cast.stranger.agent
    judged(cast, version, [cast.stranger.agent], {cast.hr.user: 0.0}, 25, now, name="south")
    fitted(work)
    assert RaterEffect.objects.get(evaluator=cast.hr.user).silent == "strangers"
    assert AgentEffect.objects.get(agent=cast.stranger.agent).silent == "strangers"
    assert AgentEffect.objects.filter(silent="").count() == 3


def test_asked_twice_it_is_one(cast: Cast, work: Work) -> None:
    """By button while it waits, and by the night when nothing new was evaluated."""
    planted(cast)
    client = cast.client(cast.quality_analyst)
    for _ in range(2):
        assert client.post("/quality/raters/fit/").status_code == 302
    assert RaterFit.objects.count() == Job.objects.filter(kind="quality.fit_raters").count() == 1
    assert "Take scores apart" in client.get("/quality/raters/").content.decode()
    work(inline=True)
    assert services.fit_nightly(timezone.now()) is None


def test_a_fit_stopped_before_it_began_holds_nobody_up(cast: Cast, work: Work) -> None:
    """The next one says what became of it, and goes on."""
    planted(cast)
    first = services.order_fit(by=cast.quality_analyst.actor, at=timezone.now())
    job = Job.objects.get(kind="quality.fit_raters")
    jobs.stop(job.pk, by=cast.quality_analyst.actor, at=timezone.now())
    assert fitted(work).state == "fitted"
    first.refresh_from_db()
    assert first.state == "failed" and "ended without an answer" in first.why


def test_a_fit_that_was_stopped_or_failed_says_so(cast: Cast, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was fitted before stays; why the last one came to nothing stands above it."""
    planted(cast)
    first = fitted(work)
    job = services.order_fit(by=cast.quality_analyst.actor, at=timezone.now())
    monkeypatch.setattr("floorwalker.apps.quality.work.raters.RaterModel.fit", impossible)
    work(inline=True, may_fail=True)
    job.refresh_from_db()
    assert job.state == "failed" and "points are odd" in job.why
    page = cast.client(cast.manager).get("/quality/raters/").content.decode()
    assert "points are odd" in page and "Evaluators, by name" in page and first.version == 1


def impossible(*_args: object) -> None:
    raise InvalidInput("points are odd")
