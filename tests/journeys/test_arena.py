"""A trainer turns a kind of contact of the handbook into a scenario; an agent plays it on a phone."""

from __future__ import annotations

import json

import pytest

from floorwalker.apps.learning.models import Play, ScenarioVersion
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor
from tests.people import Cast

pytestmark = pytest.mark.prove  # longer than a test may take

STEPS = [
    {"button": "Pull up account", "text": "Ask for the name using [Pull up account]."},
    {"button": "Offer a way", "text": "Offer what is in time."},
]
HANDBOOK = {"Returns": {"description": "sending back", "subflows": {"Wrong size": {"actions": STEPS}}}}


def test_a_scenario_from_the_handbook_is_finished_and_played_on_a_phone(visit: Visit, cast: Cast) -> None:
    """The editor says what is missing until nothing is; the agent reads which step was missed, and plays again."""
    trainer = visit("arena-trainer").sign_in(cast.trainer.user)
    begun_from_the_handbook(trainer)
    finished(trainer)
    phone = visit("arena-agent", 390, color_scheme="dark").sign_in(cast.agent.user)
    played(phone)
    assert [each.complete for each in Play.objects.order_by("pk")] == [False, True]


def begun_from_the_handbook(trainer: Visitor) -> None:
    trainer.open("/arena/handbooks/")
    book = {"name": "book.json", "mimeType": "application/json", "buffer": json.dumps(HANDBOOK).encode()}
    trainer.page.get_by_label("Handbook", exact=True).set_input_files(book)
    trainer.press("Take it in")
    trainer.look("kinds of contact")
    trainer.press("Begin a scenario Returns: Wrong size")
    trainer.shows("things are missing", "The customer says nothing here", "No answer leads here")
    trainer.look_everywhere("a draft")


def finished(trainer: Visitor) -> None:
    """Words for each line, rebuttals that lead elsewhere, an answer in own words; then it is put in force."""
    lines = ("They are too small, and the wedding is on Saturday!", "I am Ruth. And now?", "In time. Thank you!",
             "I think it over.", "I buy elsewhere.")  # fmt: skip
    for number, words in enumerate(lines, start=1):
        opened(trainer, number)
        trainer.page.get_by_label("What the customer says", exact=True).first.fill(words)
        trainer.press("Save the line")
    answered(trainer, 1, 1, "Your name, please?", "2:")
    answered(trainer, 1, 2, "Send them back.", "5:")
    answered(trainer, 2, 1, "A new pair is with you on Friday.", "3:")
    answered(trainer, 2, 2, "I send you our terms.", "4:")
    opened(trainer, 2)
    trainer.page.get_by_text("Ask for own words", exact=True).click()
    trainer.page.get_by_label("Key phrases").fill("friday")
    trainer.page.locator("#own-to").select_option(index=4)
    trainer.page.locator("#own-otherwise").select_option(index=4)
    trainer.page.locator("details[open] input[name=steps]").last.check()
    trainer.press("Save own words")
    trainer.shows("Nothing is missing")
    trainer.look("nothing is missing")
    trainer.page.get_by_role("button", name="Put it in force").first.click()
    trainer.page.get_by_role("dialog").get_by_role("button", name="Put it in force").click()
    trainer.page.wait_for_load_state()
    trainer.shows("Version 1 is in force")
    trainer.look_everywhere("in force")
    assert ScenarioVersion.objects.get().state == "in_force"


def opened(trainer: Visitor, line: int) -> None:
    trainer.open(f"/arena/versions/{ScenarioVersion.objects.get().pk}/")
    trainer.page.get_by_role("link", name="Change line and answers").nth(line - 1).click()
    trainer.page.wait_for_load_state()


def answered(trainer: Visitor, line: int, answer: int, words: str, leads: str) -> None:
    opened(trainer, line)
    save = trainer.page.get_by_role("button", name="Save the answer")
    form = trainer.page.locator("form", has=save).nth(answer - 1)
    form.get_by_label("The answer").fill(words)
    choices = form.get_by_label("Leads to").locator("option").all_inner_texts()
    place = next(n for n, each in enumerate(choices) if each.startswith(leads))
    form.get_by_label("Leads to").select_option(index=place)
    form.get_by_role("button", name="Save the answer").click()
    trainer.page.wait_for_load_state()


def played(phone: Visitor) -> None:
    """First a step is missed; then all are met."""
    phone.open("/arena/")
    phone.look("the arena")
    phone.press("Play it Returns: Wrong size")
    phone.look("a line")
    phone.press("Your name, please?")
    phone.page.get_by_text("I am Ruth. And now?").wait_for()  # the next line comes without a new page
    phone.look("options and own words")
    phone.press("I send you our terms.")
    phone.page.get_by_text("Ways you have never taken").wait_for()
    phone.shows("50 %", "missed", "Ways you have never taken")
    phone.look("how it went")
    phone.press("Play it again")
    phone.press("Your name, please?")
    phone.page.get_by_label("Or in your own words").fill("You get a new pair on Friday.")
    phone.press("Say it")
    phone.page.get_by_text("You met every step").wait_for()
    phone.look("complete")
    phone.open("/arena/mine/")
    phone.look("my practice")
