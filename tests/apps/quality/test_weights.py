"""Weight rounds: leaders weigh blind, see how far apart they are, and what is agreed is the next version."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from floorwalker.apps.promises.models import Promise
from floorwalker.apps.promises.services import lapse
from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import FormVersion, WeightRound, WeightVote
from floorwalker.apps.quality.rules import weights as rules
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.models import Notice
from tests.apps.quality.cases import DAY, a_form
from tests.people import NOW, Cast

EVEN = {"greet": 1, "verify": 1, "explain": 1, "wait": 1}
SAFE = {"greet": 10, "verify": 70, "explain": 10, "wait": 10}


def a_round(cast: Cast, **more: Any) -> WeightRound:
    """The analyst, the supervisor and the manager weigh; the analyst agrees."""
    version = a_form(cast)
    leaders = [each.user.pk for each in (cast.quality_analyst, cast.supervisor, cast.manager)]
    values: dict[str, Any] = {
        "leaders": leaders,
        "due": NOW + 7 * DAY,
        "at": NOW,
        "by": cast.quality_analyst.actor,
    }
    return services.open_round(version_id=version.pk, **values | more)


def test_weights_are_compared_as_shares() -> None:
    """Tens and ones are the same vote; ranges in points of 100; the middle comes to 100."""
    assert rules.shares({"a": 1, "b": 3}) == rules.shares({"a": 25, "b": 75}) == {"a": 25, "b": 75}
    found = rules.spreads([EVEN, SAFE, {"greet": 2, "verify": 2, "explain": 2, "wait": 2}], list(EVEN))
    by_item = {each.item: each for each in found}
    assert (by_item["verify"].low, by_item["verify"].middle, by_item["verify"].high) == (25, 25, 70)
    assert by_item["verify"].apart == "far" and by_item["greet"].apart == "far" and by_item["greet"].range == 15
    assert sum(rules.proposed(found).values()) == 100
    assert rules.spreads([], ["a"]) == [] and rules.proposed(rules.spreads([{"a": 0, "b": 0}], ["a"])) == {}
    flaws = [rules.flaw(each, ["a", "b"]) for each in ({"a": 1}, {"a": 1, "b": 1, "c": 1}, {"a": -1, "b": 2},
             {"a": 0, "b": 0}, {"a": 1, "b": 0})]  # fmt: skip
    assert flaws == ["missing", "unknown", "range", "nothing", ""]


def test_nobody_sees_anothers_weights_before_all_have_weighed(cast: Cast) -> None:
    """Neither page nor API, neither leader nor owner; with the last vote it closes, and ranges show."""
    found = a_round(cast)
    at, api = f"/quality/weights/{found.pk}/", f"/api/v1/quality/weight-rounds/{found.pk}"
    vote = {f"weight-{key}": value for key, value in SAFE.items()}
    assert cast.client(cast.supervisor).post(at, vote).status_code == 302
    for person in (cast.quality_analyst, cast.manager, cast.supervisor):
        page = cast.client(person).get(at).content.decode()
        assert "1 of 3 have weighed" in page and "Lowest" not in page, person.key
        told = cast.client(person).get(api).json()
        assert told["items"] == [] and bool(told["own"]) is (person is cast.supervisor)
        assert queries.visible_votes(person.actor).count() == (4 if person is cast.supervisor else 0)
    for person in (cast.quality_analyst, cast.manager):
        services.weigh(round_id=found.pk, weights=EVEN, by=person.actor, at=NOW)
    found.refresh_from_db()
    assert found.state == "closed"
    page = cast.client(cast.supervisor).get(at).content.decode()
    assert "Far apart, 25 to 70: talk about this one first." in page and "About" in page
    assert WeightVote.objects.count() == 12 and queries.visible_votes(cast.supervisor.actor).count() == 4
    for person in (cast.agent, cast.other_supervisor, cast.planner):
        assert cast.client(person).get(at).status_code == 404, person.key


def test_what_is_agreed_is_the_next_version(cast: Cast) -> None:
    """With who weighed, when and in which round; the owner alone agrees, once it is closed; promises are kept."""
    found = a_round(cast)
    agree = {"round_id": found.pk, "weights": SAFE, "at": NOW}
    owner = cast.quality_analyst.actor
    with pytest.raises(services.RoundNotClosed):
        services.propose_weights(**agree, version=found.version, by=owner)
    for person in (cast.quality_analyst, cast.supervisor, cast.manager):
        services.weigh(round_id=found.pk, weights=EVEN, by=person.actor, at=NOW)
    found.refresh_from_db()
    with pytest.raises(NotFound):
        services.propose_weights(**agree, version=found.version, by=cast.manager.actor)
    with pytest.raises(Stale):
        services.propose_weights(**agree, version=1, by=owner)
    with pytest.raises(services.RoundNotProposed):
        services.agree_weights(round_id=found.pk, version=found.version, by=owner, at=NOW)
    nothing = {"greet": 0, "verify": 0, "explain": 0, "wait": 5}
    with pytest.raises(services.NoVote):
        services.propose_weights(round_id=found.pk, weights=nothing, version=found.version, by=owner, at=NOW)
    data = {f"weight-{key}": value for key, value in SAFE.items()} | {"version": found.version}
    page = cast.client(cast.quality_analyst).post(f"/quality/weights/{found.pk}/propose/", data, follow=True)
    assert "0 say yes, 0 no, 2 nothing yet" in page.content.decode()
    answered(cast, found, cast.supervisor)
    answered(cast, found, cast.manager)
    found.refresh_from_db()
    page = cast.client(cast.quality_analyst).post(
        f"/quality/weights/{found.pk}/agree/", {"version": found.version}, follow=True
    )
    assert "agreed by Manager, Quality Analyst, Supervisor; " in form_page(cast, found)
    version = FormVersion.objects.get(state="in_force")
    assert version.number == 2 and {item.key: item.weight for item in version.words.items()} == SAFE
    assert {each["round"] for each in version.agreed} == {found.pk} and version.agreed_in == found
    assert Promise.objects.get(kind="quality.agree_weights").ended_at is not None
    assert set(Promise.objects.filter(kind="quality.weigh").values_list("state", flat=True)) == {"kept"}
    shown = cast.client(cast.supervisor).get(f"/api/v1/quality/form-versions/{version.pk}").json()
    assert shown["agreed"][0]["name"] == "Manager"


def proposed(cast: Cast, weights: dict[str, float] | None = None) -> WeightRound:
    """Weighed by all three, and proposed by the analyst, who weighed too."""
    found = a_round(cast)
    for person in (cast.quality_analyst, cast.supervisor, cast.manager):
        services.weigh(round_id=found.pk, weights=EVEN, by=person.actor, at=NOW)
    found.refresh_from_db()
    return services.propose_weights(
        round_id=found.pk, weights=weights or SAFE, version=found.version, by=cast.quality_analyst.actor, at=NOW
    )


def answered(cast: Cast, found: WeightRound, who: Any, agrees: bool = True, why: str = "") -> WeightRound:
    found.refresh_from_db()
    return services.answer_weights(
        round_id=found.pk, agrees=agrees, why=why, version=found.version, by=who.actor, at=NOW
    )


def form_page(cast: Cast, found: WeightRound) -> str:
    address = f"/quality/forms/{found.form_version.form_id}/"
    return cast.client(cast.quality_analyst).get(address).content.decode()


def test_nobody_agrees_for_others(cast: Cast) -> None:
    """S48: the owner waits for each; a no has its reason, read by all who were asked; the version says who."""
    found = proposed(cast)
    agree = {"round_id": found.pk, "by": cast.quality_analyst.actor}
    with pytest.raises(services.AnswersWaited):
        services.agree_weights(**agree, version=found.version, at=NOW)
    with pytest.raises(services.SayWhyNot):
        answered(cast, found, cast.manager, agrees=False)
    address = f"/quality/weights/{found.pk}/answer/"
    no = {"said": "no", "why": "Greeting is worth more.", "version": found.version}
    assert cast.client(cast.manager).post(address, no).status_code == 302
    assert (
        "Greeting is worth more."
        in cast.client(cast.supervisor).get(f"/quality/weights/{found.pk}/").content.decode()
    )
    assert cast.client(cast.other_supervisor).post(address, no).status_code == 404
    done = services.agree_weights
    with pytest.raises(services.NotCarried):
        done(**agree, version=found.version, at=NOW + 7 * DAY)
    answered(cast, found, cast.supervisor)
    with pytest.raises(services.NotCarried):  # one yes, one no: the owner's own does not tip it
        done(**agree, version=found.version, at=NOW)
    found = services.propose_weights(**agree, weights=EVEN, version=found.version, at=NOW)
    assert not found.voters.exclude(leader=found.owner_id).exclude(assent="").exists()
    with pytest.raises(Stale):  # answered to what was replaced
        services.answer_weights(
            round_id=found.pk, agrees=True, why="", version=found.version - 1, by=cast.manager.actor, at=NOW
        )
    answered(cast, found, cast.supervisor)
    found.refresh_from_db()
    found = done(**agree, version=found.version, at=NOW + 7 * DAY)
    assert found.result is not None
    said = {each["name"]: each["said"] for each in found.result.agreed}
    assert said == {"Manager": "", "Quality Analyst": "yes", "Supervisor": "yes"}
    assert "agreed by Quality Analyst, Supervisor; Manager said nothing" in form_page(cast, found)


def test_the_proposal_asks_for_answers_and_tells_of_them(cast: Cast) -> None:
    """On the first page and by notice; the owner hears when all have answered, or when the days have passed."""
    found = proposed(cast)
    told = Notice.objects.filter(kind="quality.weights_proposed").values_list("to_user", flat=True)
    assert set(told) == {cast.supervisor.user.pk, cast.manager.user.pk}
    assert "Weights are proposed for 1 form" in cast.client(cast.supervisor).get("/").content.decode()
    answered(cast, found, cast.supervisor)
    owner = Notice.objects.filter(kind="quality.weights_answered", to_user=cast.quality_analyst.user.pk)
    assert not owner.exists()
    assert services.close_due_rounds(NOW + 7 * DAY) == 1 and owner.count() == 1
    answered(cast, found, cast.manager, agrees=False, why="No.")
    assert owner.count() == 1  # told once


def test_its_day_closes_a_round(cast: Cast) -> None:
    """Each is asked by a notice and a promise; who has not weighed by then has broken it, and may no more."""
    found = a_round(cast)
    asked = Notice.objects.filter(kind="quality.weigh").values_list("to_user", flat=True)
    assert set(asked) == {each.user.pk for each in (cast.quality_analyst, cast.supervisor, cast.manager)}
    services.weigh(round_id=found.pk, weights=SAFE, by=cast.supervisor.actor, at=NOW)
    assert services.close_due_rounds(NOW + 6 * DAY) == 0
    assert services.close_due_rounds(NOW + 7 * DAY) == 1 == 1 + services.close_due_rounds(NOW + 7 * DAY)
    with pytest.raises(services.RoundNotOpen):
        services.weigh(round_id=found.pk, weights=SAFE, by=cast.manager.actor, at=NOW + 7 * DAY)
    lapse(NOW + 7 * DAY + timedelta(hours=1))
    states = Promise.objects.filter(kind="quality.weigh").order_by("owner__name").values_list("state", flat=True)
    assert list(states) == ["broken", "broken", "kept"]
    assert "1 of 3 have weighed" in cast.client(cast.manager).get(f"/quality/weights/{found.pk}/").content.decode()


def test_a_round_is_opened_closed_early_or_given_up(cast: Cast) -> None:
    """Bad input is said; one round of a form at a time; closed before its day nobody has broken a promise."""
    version, by = a_form(cast), cast.quality_analyst.actor
    ask: dict[str, Any] = {"version_id": version.pk, "by": by, "at": NOW, "due": NOW + DAY}
    two = [cast.supervisor.user.pk, cast.manager.user.pk]
    with pytest.raises(services.TooFewLeaders):
        services.open_round(**ask, leaders=[cast.supervisor.user.pk])
    with pytest.raises(services.TooFewLeaders):
        services.open_round(**ask, leaders=[*two, cast.agent.user.pk])
    with pytest.raises(services.RoundDay):
        services.open_round(**ask | {"due": NOW + 61 * DAY}, leaders=two)
    with pytest.raises(NotFound):
        services.open_round(**ask | {"by": cast.supervisor.actor}, leaders=two)
    found = services.open_round(**ask, leaders=two)
    with pytest.raises(services.NotWeighable):
        services.open_round(**ask, leaders=two)
    with pytest.raises(NotFound):
        services.weigh(round_id=found.pk, weights=EVEN, by=cast.other_supervisor.actor, at=NOW)
    services.close_round(round_id=found.pk, by=by, at=NOW)
    assert set(Promise.objects.filter(kind="quality.weigh").values_list("state", flat=True)) == {"withdrawn"}
    services.end_round(round_id=found.pk, why="We talk first.", by=by, at=NOW)
    found.refresh_from_db()
    assert found.state == "ended" and FormVersion.objects.get(state="in_force").number == 1
    services.open_round(**ask, leaders=two)
    day = (timezone.now() + 3 * DAY).date().isoformat()
    page = cast.client(cast.quality_analyst).post("/quality/weights/new/", {"day": day, "leaders": two})
    assert page.status_code == 422


def test_first_pages_ask_for_weights(cast: Cast) -> None:
    """Leaders are asked until they have weighed; the owner is asked for the agreement."""
    found = a_round(cast, at=timezone.now(), due=timezone.now() + DAY)
    asked = "You are asked what the items of 1 form are worth."
    for person in (cast.supervisor, cast.manager, cast.quality_analyst):
        assert asked in cast.client(person).get("/").content.decode(), person.key
        services.weigh(round_id=found.pk, weights=EVEN, by=person.actor, at=timezone.now())
    assert asked not in cast.client(cast.supervisor).get("/").content.decode()
    owner = cast.client(cast.quality_analyst)
    assert "The weights of 1 form want an agreement." in owner.get("/").content.decode()
    assert "to be proposed" in owner.get("/quality/weights/").content.decode()


def test_programs_run_a_round(cast: Cast) -> None:
    """Opened, weighed, closed and agreed as on the pages."""
    version = a_form(cast)

    def send(who: Any, path: str, body: Any = None) -> Any:
        sent = {"data": json.dumps(body or {}), "content_type": "application/json"}
        return cast.client(who).post(f"/api/v1/quality/weight-rounds{path}", **sent)

    due = (timezone.now() + DAY).isoformat()
    leaders = [cast.supervisor.user.pk, cast.manager.user.pk]
    made = send(cast.quality_analyst, "", {"form_version_id": version.pk, "leaders": leaders, "due": due})
    assert made.status_code == 201 and made.json()["state"] == "open"
    at = f"/{made.json()['id']}"
    assert send(cast.supervisor, f"{at}/weigh", {"weights": {"greet": 1}}).json()["code"] == "quality_no_vote"
    assert send(cast.supervisor, f"{at}/weigh", {"weights": SAFE}).status_code == 200
    closed = send(cast.quality_analyst, f"{at}/close").json()
    proposed = {"weights": SAFE, "version": closed["version"]}
    assert send(cast.manager, f"{at}/propose", proposed).status_code == 404
    made = send(cast.quality_analyst, f"{at}/propose", proposed).json()
    yes = {"agrees": True, "version": made["version"]}
    assert send(cast.manager, f"{at}/answer", yes).status_code == 404  # who has not weighed
    assert send(cast.supervisor, f"{at}/answer", yes).status_code == 200
    shown = cast.client(cast.supervisor).get(f"/api/v1/quality/weight-rounds{at}").json()
    assert shown["answers"] == [{"name": "Supervisor", "said": "yes", "why": ""}]
    assert shown["weights_proposed"] == SAFE
    assert send(cast.manager, f"{at}/agree", {"version": made["version"]}).status_code == 404
    assert send(cast.quality_analyst, f"{at}/agree", {"version": made["version"]}).json()["result_id"]
    assert send(cast.quality_analyst, f"{at}/end", {"why": "x"}).status_code == 409
    assert (
        cast.client(cast.supervisor).get("/api/v1/quality/weight-rounds").json()["items"][0]["state"] == "agreed"
    )
