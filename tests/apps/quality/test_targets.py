"""S51: the quality agreed with a client, beside what the reviews of a month can tell."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import sqrt
from statistics import fmean

import pytest
from django.utils import timezone

from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import Conversation, QualityTarget, Review
from floorwalker.apps.quality.rules.targets import Clusters, Mean, in_force
from floorwalker.apps.quality.rules.targets import mean_of as mean_of_sums
from floorwalker.kernel.models import Entry
from floorwalker.kernel.student import t_quantile
from tests.apps.quality.cases import a_form, released
from tests.people import NOW, Cast

DAY = timedelta(days=1)


def scored(cast: Cast, agent: Agent, score: float, key: str, at: datetime) -> None:
    """A review of a contact of Aurora's, shown to its agent."""
    talk = Conversation.objects.create(
        key=key, agent=agent, client=cast.world.aurora, channel="phone", started_at=at, seconds=60,
        imported_at=at, turns=[{"speaker": "customer", "at": 0, "text": "Hello?"}],
    )  # fmt: skip
    done = {"scored_at": at, "released_at": at, "drawn_at": at, "due": at, "score": score, "all_points": score}
    Review.objects.create(
        conversation=talk, agent=agent, evaluator=cast.quality_analyst.user, why="sample", state="released",
        form_version=queries.visible_versions(cast.quality_analyst.actor).get(), **done,
    )  # fmt: skip


def a_month(cast: Cast, scores: list[float]) -> datetime:
    """An agent for each of these scores, with two reviews of it in the month before."""
    a_form(cast)
    at = timezone.now().replace(day=1, hour=12) - 10 * DAY
    for number, score in enumerate(scores):
        agent = Agent.objects.create(
            name=f"Six {number}", number=f"S{number}", team=cast.world.north_one, started_on="2024-01-01"
        )
        for n, each in enumerate((score - 1, score + 1)):
            scored(cast, agent, each, f"K{number}-{n}", at)
    return at


def agreed(cast: Cast, score: int, starts: date) -> QualityTarget:
    return services.agree_target(
        client_id=cast.world.aurora.pk,
        score=score,
        starts=starts,
        by=cast.quality_analyst.actor,
        at=timezone.now(),
    )


def test_of_two_agreements_the_newest_first_day_holds() -> None:
    """Written twice for one day, the later word counts; before the first day nothing is agreed."""
    written = [(date(2026, 3, 1), 80), (date(2026, 1, 1), 70), (date(2026, 3, 1), 85)]
    days = [date(2025, 12, 31), date(2026, 2, 28), date(2026, 3, 1), date(2027, 1, 1)]
    assert [in_force(written, day) for day in days] == [None, 70, 85, 85]


def mean_of(agents: Sequence[tuple[int, float]]) -> Mean | None:
    """From the reviews and the mean score of each agent, added up as the database does."""
    pairs = [(n, n * mean) for n, mean in agents]
    sums = ((n, total, total * total, total * n, n * n) for n, total in pairs)
    return mean_of_sums(Clusters(len(pairs), *(map(sum, zip(*sums, strict=True)) if pairs else [0.0] * 5)))


def test_the_sums_give_the_same_as_agent_by_agent() -> None:
    """Cochran's formula written out: Σ (n (mean of the agent − mean of all))²; alike to the last digits."""
    chance = random.Random(52)
    for number in (2, 3, 40, 2000):
        agents = [(chance.randint(1, 30), chance.uniform(60, 100)) for _ in range(number)]
        reviews = sum(n for n, _mean in agents)
        mean = sum(n * own for n, own in agents) / reviews
        squares = sum((n * (own - mean)) ** 2 for n, own in agents)
        reach = t_quantile(0.975, number - 1) * sqrt(number / (number - 1) * squares) / reviews
        found = mean_of(agents)
        assert found is not None
        assert found.value == pytest.approx(mean)
        assert found.low == pytest.approx(max(0, mean - reach)) and found.high == pytest.approx(
            min(100, mean + reach)
        )
    alike = mean_of([(3, 70.3)] * 1000)
    assert alike is not None and alike.high - alike.low < 1e-4


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Twelve agents who differ, with few and many reviews each: 95 % of 600 months hold the mean of all agents."""
    chance, held = random.Random(51), 0
    for _month in range(600):
        agents = []
        for _agent in range(12):
            own, number = chance.gauss(80, 6), chance.randint(1, 6)
            agents.append((number, fmean(chance.gauss(own, 9) for _ in range(number))))
        found = mean_of(agents)
        assert found is not None
        held += found.low <= 80 <= found.high
    assert 0.92 <= held / 600 <= 0.98


def test_reviews_of_one_agent_are_no_sample_of_all() -> None:
    """A hundred reviews of two agents tell less than two each of fifty."""
    assert mean_of([(100, 80.0)]) is None and mean_of([]) is None
    few, many = mean_of([(50, 70.0), (50, 90.0)]), mean_of([(2, 70.0 + (n % 2) * 20) for n in range(50)])
    assert few is not None and many is not None
    assert few.value == many.value == 80 and few.high - few.low > 5 * (many.high - many.low)


@pytest.mark.parametrize(("target", "said"), [(70, "kept"), (80, "cannot be told yet"), (90, "missed")])
def test_the_page_says_whether_it_is_kept_as_far_as_can_be_told(cast: Cast, target: int, said: str) -> None:
    """Five agents around eighty; their client reads the same, and nobody's name."""
    at = a_month(cast, [76.0, 78.0, 80.0, 82.0, 84.0])
    agreed(cast, target, at.date())
    for person in (cast.quality_analyst, cast.manager, cast.client_viewer):
        page = cast.client(person).get("/quality/scores/").content.decode()
        assert said in page and f"{target}" in page and "80.0" in page and "Six 0" not in page


def test_who_is_reviewed_more_often_counts_more(cast: Cast) -> None:
    """The sums of the database, of two to six reviews each, against the same reviews added up here."""
    at = a_month(cast, [70.0, 75.0, 80.0, 85.0, 90.0])
    own: dict[int, list[float]] = {}
    for number, agent in enumerate(Agent.objects.filter(name__startswith="Six ").order_by("pk")):
        own[agent.pk] = [69.0 + 5 * number, 71.0 + 5 * number]
        for more in range(number):
            scored(cast, agent, 60.0 + more, f"more {number} {more}", at)
            own[agent.pk].append(60.0 + more)
    line = next(each for each in queries.score_sums(cast.manager.actor, timezone.now()) if each.score)
    by_hand = mean_of([(len(scores), fmean(scores)) for scores in own.values()])
    assert line.score is not None and by_hand is not None
    assert (line.agents, line.reviews) == (5, 20)
    assert [line.score.value, line.score.low, line.score.high] == pytest.approx(
        [by_hand.value, by_hand.low, by_hand.high]
    )


def test_four_agents_are_nobodys_business_whatever_is_agreed(cast: Cast) -> None:
    """Not whether they keep it either: that would tell of their mean."""
    at = a_month(cast, [76.0, 78.0, 80.0, 82.0])
    agreed(cast, 10, at.date())
    page = cast.client(cast.manager).get("/quality/scores/").content.decode()
    assert "too few agents to tell" in page and "kept</" not in page
    (line,) = cast.client(cast.manager).get("/api/v1/quality/scores").json()
    assert (line["score"], line["score_low"], line["against_target"]) == (None, None, "")


def test_it_is_written_down_on_a_page_and_what_held_before_stays(cast: Cast) -> None:
    """By who keeps forms; an agent, a client and a supervisor have no such page; a client reads it by program."""
    browser, path = cast.client(cast.quality_analyst), "/quality/scores/agreed/"
    assert "Nothing is agreed yet" in browser.get(path).content.decode()
    said = {"client": cast.world.aurora.pk, "score": "85", "starts": "2026-03-01", "note": "Annex 3"}
    assert browser.post(path, {**said, "score": "101"}).status_code == 422
    assert browser.post(path, said).status_code == 302
    assert browser.post(path, {**said, "score": "88", "starts": "2026-04-01"}).status_code == 302
    page = browser.get(path).content.decode()
    assert page.index("88") < page.index("Annex 3") and "85" in page
    assert Entry.objects.filter(verb="quality.agree_target").count() == 2
    for person in (cast.agent, cast.supervisor, cast.client_viewer):
        assert cast.client(person).get(path).status_code == 404
    read = cast.client(cast.client_viewer).get("/api/v1/quality/targets").json()["items"]
    assert sorted(each["score"] for each in read) == [85, 88]


def test_an_agent_reads_what_is_agreed_with_those_they_serve(cast: Cast) -> None:
    """Beside their own average, as what it is: an average over everybody."""
    released(cast, at=NOW)
    assert (
        "Agreed with the clients you serve" not in cast.client(cast.agent).get("/quality/mine/").content.decode()
    )
    agreed(cast, 87, date(2026, 1, 1))
    page = cast.client(cast.agent).get("/quality/mine/").content.decode()
    assert "on average over everybody who serves them: 87." in page


def test_a_program_agrees_too_and_no_score_is_refused(cast: Cast) -> None:
    """With the same words."""
    browser = cast.client(cast.manager)
    said = {"client_id": cast.world.aurora.pk, "score": 85, "starts": "2026-03-01"}
    made = browser.post("/api/v1/quality/targets", said, content_type="application/json")
    assert (made.status_code, made.json()["score"]) == (201, 85)
    assert (
        browser.post("/api/v1/quality/targets", {**said, "score": 0}, content_type="application/json").status_code
        == 400
    )
    with pytest.raises(services.NoScore):
        agreed(cast, 0, date(2026, 3, 1))
