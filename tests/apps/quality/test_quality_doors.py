"""Showing an evaluation, forgetting a file, moving an item, reading raters: what each press does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from floorwalker.apps.quality import services
from floorwalker.apps.quality.models import Conversation, ConversationImport, FormVersion, RaterFit, Review
from tests.apps.quality.cases import CONTENT, DAY, a_form, drawn, evaluated
from tests.apps.quality.test_conversations import lines, number, told, upload
from tests.apps.test_api_doors import Door, problem
from tests.people import NOW, Cast


def order(version: FormVersion) -> list[list[str]]:
    version.refresh_from_db()
    return [[item.key for item in section.items] for section in version.words.sections]


@pytest.fixture
def offered(cast: Cast) -> Review:
    """Evaluated, and blind for nobody: the agent had been asked for their own view a day before."""
    now = timezone.now()
    drawn(cast, at=now - DAY)
    return evaluated(cast, drawn(cast, key="K2", at=now), at=now)


def test_a_program_shows_an_evaluation_to_its_agent(cast: Cast, offered: Review) -> None:
    """By its evaluator alone; the agent reads the score from then on, and is told once."""
    path, analyst = f"/quality/reviews/{offered.pk}", Door(cast, cast.quality_analyst)
    assert Door(cast, cast.agent).get(path).json()["score"] is None
    assert Door(cast, cast.agent).send("post", f"{path}/release").status_code == 404
    other = Door(cast, cast.supervisor).send("post", f"{path}/release")
    assert problem(other) == (409, "quality_not_the_evaluator")
    shown = analyst.send("post", f"{path}/release")
    assert (shown.status_code, shown.json()["state"]) == (200, "released")
    assert Door(cast, cast.agent).get(path).json()["score"] == 100.0
    assert problem(analyst.send("post", f"{path}/release")) == (409, "quality_move_not_allowed")


def test_what_is_blind_still_is_shown_by_neither_door(cast: Cast) -> None:
    """The agent has days for their own view; the page and the API say until when."""
    review = evaluated(cast, drawn(cast, at=timezone.now()), at=timezone.now())
    answer = Door(cast, cast.quality_analyst).send("post", f"/quality/reviews/{review.pk}/release")
    assert problem(answer) == (422, "quality_still_blind")
    page = cast.client(cast.quality_analyst).post(f"/quality/reviews/{review.pk}/release/")
    assert page.status_code == 422
    review.refresh_from_db()
    assert review.released_at is None


def test_an_evaluation_is_shown_by_a_press(cast: Cast, offered: Review) -> None:
    """On its page, where nobody waits for anybody."""
    path = f"/quality/reviews/{offered.pk}/"
    assert cast.client(cast.quality_analyst).post(f"{path}release/").headers["Location"] == path
    offered.refresh_from_db()
    assert offered.state == "released"
    assert cast.client(cast.colleague).post(f"{path}release/").status_code == 404


def test_a_file_that_was_looked_at_is_forgotten(cast: Cast) -> None:
    """Nothing of it is stored; what was stored is forgotten by no press, and others' files do not exist."""
    upload(cast, lines(told("C1", number(cast))))
    path = f"/quality/conversations/import/{ConversationImport.objects.get().pk}/"
    assert cast.client(cast.manager).post(f"{path}forget/").status_code == 404
    said = cast.client(cast.quality_analyst).post(f"{path}forget/", follow=True).content.decode()
    assert "The file is forgotten. Nothing else changed." in said
    assert not ConversationImport.objects.exists() and not Conversation.objects.exists()
    upload(cast, lines(told("C1", number(cast))))
    path = f"/quality/conversations/import/{ConversationImport.objects.get().pk}/"
    cast.client(cast.quality_analyst).post(f"{path}store/")
    assert cast.client(cast.quality_analyst).post(f"{path}forget/").status_code == 409
    assert Conversation.objects.count() == 1 and ConversationImport.objects.exists()


def test_an_item_is_moved_within_its_section_and_into_the_next(cast: Cast) -> None:
    """Up and down by a press; at either end of the form it stays where it is."""
    by = cast.quality_analyst.actor
    draft = services.make_form(name="Calls", client_id=None, channel="", content=CONTENT, by=by, at=NOW)
    browser, path = cast.client(cast.quality_analyst), f"/quality/forms/versions/{draft.pk}/"

    def move(key: str, to: str) -> int:
        draft.refresh_from_db()
        return browser.post(f"{path}items/{key}/move/", {"to": to, "version": draft.version}).status_code

    assert move("greet", "down") == 302 and order(draft) == [["verify", "greet"], ["explain", "wait"]]
    assert move("greet", "down") == 302 and order(draft) == [["verify"], ["greet", "explain", "wait"]]
    assert move("greet", "up") == 302 and order(draft) == [["verify", "greet"], ["explain", "wait"]]
    assert move("wait", "down") == 302 and order(draft) == [["verify", "greet"], ["explain", "wait"]]
    assert move("verify", "up") == 302 and order(draft) == [["verify", "greet"], ["explain", "wait"]]
    assert browser.post(f"{path}items/greet/move/", {"to": "up", "version": 1}).status_code == 409
    assert browser.post(f"{path}items/greet/move/", {"to": "up"}).status_code == 422
    assert cast.client(cast.agent).post(f"{path}items/greet/move/", {"to": "up"}).status_code == 404
    assert order(draft) == [["verify", "greet"], ["explain", "wait"]]


def test_what_is_in_force_is_not_put_in_another_order(cast: Cast) -> None:
    """Evaluations rest on it."""
    version = a_form(cast)
    path = f"/quality/forms/versions/{version.pk}/items/greet/move/"
    answer = cast.client(cast.quality_analyst).post(path, {"to": "down", "version": version.version})
    assert answer.status_code == 409 and order(version)[0] == ["greet", "verify"]


def test_a_version_that_is_no_number_is_answered_as_an_old_one(cast: Cast) -> None:
    """Whatever is sent in its place, nothing is changed and no page breaks."""
    by = cast.quality_analyst.actor
    draft = services.make_form(name="Calls", client_id=None, channel="", content=CONTENT, by=by, at=NOW)
    browser = cast.client(cast.quality_analyst)
    assert browser.post(f"/quality/forms/versions/{draft.pk}/publish/", {"version": "two"}).status_code == 409
    review = drawn(cast, at=timezone.now())
    assert browser.post(f"/quality/reviews/{review.pk}/take-over/", {"version": "x"}).status_code == 409
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_scores_are_taken_apart_by_one_order_at_a_time(cast: Cast, work: Callable[..., None]) -> None:
    """A second order waits for the first; each is a version of its own, and agents order none."""
    analyst, path = Door(cast, cast.quality_analyst), "/quality/rater-fits"
    assert Door(cast, cast.agent).send("post", path).status_code == 404
    made = analyst.send("post", path)
    assert (made.status_code, made.json()["version"], made.json()["state"]) == (201, 1, "waiting")
    assert problem(analyst.send("post", path))[0] == 409
    work(inline=True)
    assert RaterFit.objects.get().state != "waiting"
    assert analyst.send("post", path).json()["version"] == 2
