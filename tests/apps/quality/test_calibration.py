"""Calibration at the door: invited, blind, closed, agreed; and never a score of the agent's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import services
from floorwalker.apps.quality.models import Calibration, Review
from floorwalker.apps.quality.work.calibration import agreement
from floorwalker.kernel.jobs import Watch
from floorwalker.kernel.models import Notice
from tests.apps.quality.cases import RUDE, WELL, a_form, a_talk
from tests.people import Cast, Person

Work = Callable[..., None]


def opened(cast: Cast, days: int = 7) -> Calibration:
    a_form(cast)
    now = timezone.now()
    return services.open_calibration(
        conversation_id=a_talk(cast, cast.colleague).pk,
        participants=[cast.quality_analyst.user.pk, cast.supervisor.user.pk],
        last_day=(now + timedelta(days=days)).date(),
        by=cast.quality_analyst.actor,
        at=now,
    )


def score(
    person: Person, found: Calibration, answers: dict[str, str], said: str = "", finish: bool = True
) -> None:
    services.score_calibration(
        calibration_id=found.pk, answers=answers, comments={"greet": said} if said else {}, finish=finish,
        by=person.actor, at=timezone.now(),
    )  # fmt: skip


def test_blind_until_closed_then_read_and_agreed(cast: Cast, work: Work) -> None:
    """First page with its day, answers hidden till the end, then item by item; the form says what was agreed."""
    found = opened(cast)
    page = f"/quality/calibrations/{found.pk}/"
    lead, analyst = cast.client(cast.supervisor), cast.client(cast.quality_analyst)
    assert "Calibration by “Service”: score the contact" in lead.get("/").content.decode()
    assert cast.colleague.user.name not in lead.get(page).content.decode(), "a known name is half a score"
    kept = {f"value-{key}": value for key, value in (RUDE | {"explain": ""}).items()}
    assert lead.post(page, {**kept, "comment-greet": "No name said", "verb": "finish"}).status_code == 422
    assert "No name said" in lead.get(page).content.decode(), "answers so far are kept"
    score(cast.supervisor, found, RUDE)
    before = analyst.get(page).content.decode()
    assert "No name said" not in before and "Close it now?" in before
    score(cast.quality_analyst, found, WELL)
    assert "all have scored; close it" in analyst.get("/").content.decode()
    assert lead.post(f"{page}close/").status_code == 404
    analyst.post(f"{page}close/")
    work(inline=True)
    after = lead.get(page).content.decode()
    assert "No name said" in after and "of its points apart" in after
    assert "Silent: 4 items are too few" in after
    assert (
        analyst.post(f"{page}readings/greet/", {"text": "The name within the first sentence."}).status_code == 302
    )
    form = found.form_version.form_id
    for who, where in ((cast.agent, f"/quality/forms/{form}/"), (cast.supervisor, page)):
        assert "The name within the first sentence." in cast.client(who).get(where).content.decode()
    assert not Review.objects.exists(), "it never counts for the agent"
    assert set(Promise.objects.values_list("kind", "state")) == {("quality.calibration", "kept")}


def test_who_may_see_and_take_part(cast: Cast) -> None:
    """Not the agent, not who was not invited, and nobody twice."""
    found = opened(cast)
    page = f"/quality/calibrations/{found.pk}/"
    for who in (cast.agent, cast.other_supervisor, cast.manager, cast.trainer):
        assert cast.client(who).get(page).status_code == 404
    score(cast.supervisor, found, WELL)
    with pytest.raises(services.ScoredAlready):
        score(cast.supervisor, found, RUDE)
    with pytest.raises(services.TooFewScores, match="Only 1"):
        services.close_calibration(calibration_id=found.pk, by=cast.quality_analyst.actor, at=timezone.now())


def test_an_analyst_of_all_sites_sees_those_of_others(cast: Cast) -> None:
    """Not their own alone: everything or something more is everything."""
    found = opened(cast)
    RoleHeld.objects.create(
        user=cast.trainer.user, role="quality_analyst", scope="all", given_at=timezone.now(), given_by="x"
    )
    assert cast.client(cast.trainer).get(f"/quality/calibrations/{found.pk}/").status_code == 200


def test_bad_input_says_what_to_do(cast: Cast) -> None:
    """A day that has passed, one person alone, somebody who evaluates nobody there, an answer that is none."""
    a_form(cast)
    talk, by, now = a_talk(cast), cast.quality_analyst.actor, timezone.now()
    both = [cast.quality_analyst.user.pk, cast.supervisor.user.pk]
    for people, day, refusal in (
        (both, now.date() - timedelta(days=2), services.NotThatDay),
        (both[:1], now.date(), services.TooFewParticipants),
        ([*both, cast.agent.user.pk], now.date(), services.TooFewParticipants),
    ):
        with pytest.raises(refusal):
            services.open_calibration(conversation_id=talk.pk, participants=people, last_day=day, by=by, at=now)
    answer = cast.client(cast.quality_analyst).post(
        f"/quality/conversations/{talk.pk}/calibrate/", {"last_day": ""}
    )
    assert answer.status_code == 422
    found = services.open_calibration(
        conversation_id=talk.pk, participants=both, last_day=now.date(), by=by, at=now
    )
    with pytest.raises(services.NotAnAnswer):
        score(cast.supervisor, found, {"greet": "maybe"}, finish=False)
    with pytest.raises(services.CalibrationOpen):
        services.agree_reading(calibration_id=found.pk, item_key="greet", text="x", by=by, at=now)


def test_its_owner_is_told_once_when_its_day_has_passed(cast: Cast) -> None:
    """And closes it with those who scored; who did not has no promise left."""
    found = opened(cast, days=0)
    later = found.due + timedelta(hours=1)
    for _ in range(2):
        services.remind_of_calibrations(later)
    assert Notice.objects.filter(kind="quality.calibration_due").count() == 1


def told(
    answers: dict[str, dict[str, str]], contacts: dict[str, dict[str, float]] | None = None
) -> dict[str, dict]:
    shares = {
        rater: {item: float(value == "yes") for item, value in given.items()} for rater, given in answers.items()
    }
    items = sorted({item for given in answers.values() for item in given})
    plain = {"items": items, "answers": answers, "shares": shares, "contacts": contacts or {}}
    return {each["name"]: each for each in agreement(plain, Watch())["coefficients"]}


def test_the_coefficient_fits_what_there_is() -> None:
    """Cohen for two, Fleiss for three, Krippendorff for both; whole scores from five contacts on; else silent."""
    keys = "abcdefgh"
    first = dict.fromkeys(keys, "yes") | {"a": "no", "b": "no"}
    second = first | {"c": "no"}
    two = told({"1": first, "2": second})
    assert two["cohen"]["value"] == pytest.approx(1 - (1 / 8) / (2 / 8 * 5 / 8 + 6 / 8 * 3 / 8))
    assert "fleiss" not in two and two["krippendorff"]["n"] == 8
    assert two["across"]["silent"] == two["intraclass"]["silent"] == "few_contacts"
    contacts = {str(n): {"1": 50.0 + 5 * n, "2": 52.0 + 5 * n} for n in range(5)}
    three = told({"1": first, "2": second, "3": first}, contacts)
    assert three["fleiss"]["value"] > 0.5 and three["across"]["value"] > 0.9
    assert three["intraclass"]["low"] < three["intraclass"]["value"] <= 1 and three["intraclass"]["raters"] == 2
    alike = told({"1": dict.fromkeys(keys, "yes"), "2": dict.fromkeys(keys, "yes")})
    assert alike["cohen"] == {"name": "cohen", "n": 8, "value": None, "silent": "all_alike"}
    assert told({"1": {"a": "yes"}, "2": {"a": "no"}})["cohen"]["silent"] == "few_items"


def test_programs_do_what_pages_do(cast: Cast, work: Work) -> None:
    """Open, score, close, read, agree by the API."""
    found = opened(cast)
    for person, answers in ((cast.supervisor, RUDE), (cast.quality_analyst, WELL)):
        sent = {"answers": answers, "finish": True}
        path = f"/api/v1/quality/calibrations/{found.pk}/score"
        got = cast.client(person).post(path, sent, content_type="application/json")
        assert got.status_code == 200 and got.json()["scores"] == []
    analyst = cast.client(cast.quality_analyst)
    assert len(analyst.post(f"/api/v1/quality/calibrations/{found.pk}/close").json()["scores"]) == 2
    work(inline=True)
    body = analyst.get(f"/api/v1/quality/calibrations/{found.pk}").json()
    assert {each["name"] for each in body["coefficients"]} >= {"cohen", "krippendorff"}
    path = f"/api/v1/quality/calibrations/{found.pk}/readings/greet"
    body = analyst.put(path, {"text": "At once."}, content_type="application/json").json()
    assert body["readings"] == [{"item": "greet", "text": "At once."}]
