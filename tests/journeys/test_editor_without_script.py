"""The editor of scenarios where a browser runs no scripts: plain pages, plain forms, nothing swallowed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from floorwalker.apps.learning.models import ScenarioVersion
from tests.journeys.conftest import Visit
from tests.journeys.test_arena import answered, begun_from_the_handbook, opened
from tests.journeys.visitor import Visitor
from tests.people import Cast

pytestmark = pytest.mark.prove  # longer than a test may take

LINES = (
    "They are too small!",
    "I am Ruth. And now?",
    "In time. Thank you!",
    "I think it over.",
    "I buy elsewhere.",
)


def flow() -> Any:
    return ScenarioVersion.objects.order_by("-pk")[0].content


def draft(trainer: Visitor) -> None:
    trainer.open(f"/arena/versions/{ScenarioVersion.objects.order_by('-pk')[0].pk}/")


def unfolded(trainer: Visitor, words: str) -> Any:
    """What stands behind these words once they are pressed."""
    behind = trainer.page.locator("details", has=trainer.page.get_by_text(words, exact=True)).last
    if behind.get_attribute("open") is None:
        behind.locator("summary").first.click()
    return behind


def confirmed(trainer: Visitor, words: str, **more: str) -> None:
    """A question before what cannot be undone, answered with what it asks for."""
    asked = trainer.page.locator("ui-confirm", has_text=words).first
    asked.locator("summary").click()
    assert asked.locator("form").is_visible(), f"{words!r} asks nothing"
    for label, text in more.items():
        asked.get_by_label(label).fill(text)
    asked.locator("form button[type=submit]").click()
    trainer.page.wait_for_load_state()


def test_a_scenario_is_written_tried_and_put_in_force_without_scripts(visit: Visit, cast: Cast) -> None:
    """From the handbook to the version in force, with every verb of the editor on the way."""
    trainer = visit("no-script-trainer", java_script_enabled=False).sign_in(cast.trainer.user)
    begun_from_the_handbook(trainer)
    draft(trainer)
    said_before_the_first_line(trainer)
    steps_and_facts(trainer)
    for number, words in enumerate(LINES, start=1):
        opened(trainer, number)
        trainer.page.get_by_label("What the customer says", exact=True).first.fill(words)
        trainer.press("Save the line")
    answered(trainer, 1, 1, "Your name, please?", "2:")
    answered(trainer, 1, 2, "Send them back.", "5:")
    answered(trainer, 2, 1, "A new pair is with you on Friday.", "3:")
    answered(trainer, 2, 2, "I send you our terms.", "4:")
    answers_move_and_go(trainer)
    lines_come_and_go(trainer)
    own_words(trainer)
    draft(trainer)
    trainer.shows("Nothing is missing")
    tried(trainer)
    draft(trainer)
    confirmed(trainer, "Put it in force")
    trainer.shows("Version 1 is in force")
    assert ScenarioVersion.objects.get().state == "in_force"
    dropped(trainer)


def said_before_the_first_line(trainer: Visitor) -> None:
    behind = unfolded(trainer, "Say what the player knows")
    behind.locator("textarea").first.fill("You answer for a shop.")
    behind.get_by_role("button", name="Save").click()
    trainer.page.wait_for_load_state()
    trainer.shows("You answer for a shop.")


def steps_and_facts(trainer: Visitor) -> None:
    """Added, changed and taken away again; what is refused is shown where it was written."""
    before = len(flow()["steps"])
    behind = unfolded(trainer, "Add a step")
    behind.locator("[name=text]").fill("Say goodbye")
    behind.get_by_role("button", name="Add the step").click()
    trainer.page.wait_for_load_state()
    assert [each["text"] for each in flow()["steps"]][before:] == ["Say goodbye"]
    one = trainer.page.locator("#steps li").last
    one.locator("summary").click()
    one.locator("[name=text]").fill("Say thank you")
    one.get_by_role("button", name="Save the step").click()
    trainer.page.wait_for_load_state()
    assert flow()["steps"][-1]["text"] == "Say thank you"
    one = trainer.page.locator("#steps li").last
    one.locator("summary").click()
    one.get_by_role("button", name="Take it away").click()
    trainer.page.wait_for_load_state()
    assert len(flow()["steps"]) == before
    behind = unfolded(trainer, "Add a fact")
    behind.locator("[name=text]").fill("The wedding is on Saturday.")
    behind.get_by_role("button", name="Add the fact").click()
    trainer.page.wait_for_load_state()
    assert [each["text"] for each in flow()["facts"]][-1:] == ["The wedding is on Saturday."]
    one = trainer.page.locator("#facts li").last
    one.locator("summary").click()
    one.get_by_role("button", name="Take it away").click()
    trainer.page.wait_for_load_state()
    trainer.look_everywhere("steps-and-facts")


def answers_move_and_go(trainer: Visitor) -> None:
    opened(trainer, 1)
    words = [each["text"] for each in flow()["nodes"][0]["options"]]
    trainer.press("Down")
    assert [each["text"] for each in flow()["nodes"][0]["options"]] == [words[1], words[0], *words[2:]]
    opened(trainer, 1)
    trainer.press("Down")
    assert [each["text"] for each in flow()["nodes"][0]["options"]] == words


def lines_come_and_go(trainer: Visitor) -> None:
    """One more line that is taken away again, and an answer without words that is refused."""
    draft(trainer)
    before = len(flow()["nodes"])
    form = trainer.page.locator("#new-line form")
    form.locator("[name=line]").fill("One more thing.")
    form.get_by_role("button", name="Add the line").click()
    trainer.page.wait_for_load_state()
    assert len(flow()["nodes"]) == before + 1
    opened(trainer, before + 1)
    trainer.press("Take the line away")
    assert len(flow()["nodes"]) == before


def own_words(trainer: Visitor) -> None:
    opened(trainer, 2)
    behind = unfolded(trainer, "Ask for own words")
    behind.get_by_label("Key phrases").fill("friday")
    trainer.page.locator("#own-to").select_option(index=4)
    trainer.page.locator("#own-otherwise").select_option(index=4)
    behind.locator("input[name=steps]").last.check()
    trainer.press("Save own words")
    assert "friday" in json.dumps(flow())


def tried(trainer: Visitor) -> None:
    """The preview plays as agents will, and keeps nothing."""
    draft(trainer)
    trainer.follow("Play it as a preview")
    trainer.shows("They are too small!")
    trainer.look_everywhere("preview")


def dropped(trainer: Visitor) -> None:
    """The next version begins as a draft and is dropped after a question."""
    trainer.open(f"/arena/scenarios/{ScenarioVersion.objects.get().scenario_id}/")
    trainer.page.locator("form[action$='/next/'] button").first.click()
    trainer.page.wait_for_load_state()
    assert ScenarioVersion.objects.filter(state="draft").count() == 1
    confirmed(trainer, "Drop the draft")
    assert not ScenarioVersion.objects.filter(state="draft").exists()
