"""A trainer writes a scenario: begun from a handbook, finished line by line, tried, put in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.journeys.visitor import Visitor

KIND = "Account Access: Reset Two-Factor Auth"  # three steps of the handbook
FIRST = "My phone fell into the lake, and without it I cannot get in!"
ASKED, CHECKED = "I am sorry. What is your full name?", "Which phone number is on your account?"
SENT = "I send the link to your e-mail."
KEY = "link"
LINES = (
    FIRST, "Jo Lake. And now?", "555 0117. But that phone is in the lake!",
    "It works. Thank you!", "Then I try it myself.", "I close my account.",
)  # fmt: skip
# line, answer of it, its words, the line it leads to
ANSWERS = (
    (1, 1, ASKED, "2:"), (1, 2, "Get a new phone first.", "6:"),
    (2, 1, CHECKED, "3:"), (2, 2, "There is a page on that.", "5:"),
    (3, 1, SENT, "4:"), (3, 2, "Call again with the phone.", "6:"),
)  # fmt: skip


def from_the_handbook(trainer: Visitor, book: Path) -> str:
    """The handbook read, one of its kinds of contact begun; the address of the draft."""
    trainer.open("/arena/scenarios/")
    trainer.look_everywhere("scenarios")
    trainer.open("/arena/handbooks/")
    trainer.page.get_by_label("Handbook", exact=True).set_input_files(book)
    trainer.press("Take it in")
    trainer.shows("55 kinds of contact.")
    trainer.look_everywhere("handbook")
    trainer.fill("Words in its name", "Two-Factor")
    trainer.press("Find")
    trainer.press(f"Begin a scenario {KIND}")
    trainer.shows("things are missing", "The customer says nothing here")
    trainer.look_everywhere("draft")
    return trainer.path


def finished(trainer: Visitor, draft: str) -> None:
    """Words for each line, answers that lead elsewhere, one in own words; tried, then put in force."""
    for number, words in enumerate(LINES, start=1):
        _opened(trainer, draft, number)
        trainer.page.get_by_label("What the customer says", exact=True).first.fill(words)
        trainer.press("Save the line")
    for line, answer, words, leads in ANSWERS:
        _opened(trainer, draft, line)
        form = trainer.page.locator("form", has=trainer.page.get_by_role("button", name="Save the answer"))
        form = form.nth(answer - 1)
        form.get_by_label("The answer").fill(words)
        _led(form.get_by_label("Leads to"), leads)
        form.get_by_role("button", name="Save the answer").click()
        trainer.page.wait_for_load_state()
    _opened(trainer, draft, 3)
    trainer.look_everywhere("line")
    trainer.page.get_by_text("Ask for own words", exact=True).click()
    trainer.page.get_by_label("Key phrases").fill(KEY)
    _led(trainer.page.locator("#own-to"), "4:")
    _led(trainer.page.locator("#own-otherwise"), "5:")
    trainer.page.locator("details[open] input[name=steps]").last.check()
    trainer.press("Save own words")
    trainer.open(draft)
    trainer.shows("Nothing is missing")
    trainer.look_everywhere("sound")
    trainer.follow("Play it as a preview")
    trainer.press(ASKED)
    trainer.look_everywhere("preview")
    trainer.open(draft)
    trainer.page.get_by_role("button", name="Put it in force").first.click()
    trainer.page.get_by_role("dialog").get_by_role("button", name="Put it in force").click()
    trainer.page.wait_for_load_state()
    trainer.shows("Version 1 is in force")
    trainer.look_everywhere("in-force")


def _opened(trainer: Visitor, draft: str, line: int) -> None:
    trainer.open(draft)
    trainer.page.get_by_role("link", name="Change line and answers").nth(line - 1).click()
    trainer.page.wait_for_load_state()


def _led(field: Any, leads: str) -> None:
    """The line it leads to, by its number."""
    choices = field.locator("option").all_inner_texts()
    field.select_option(index=next(n for n, each in enumerate(choices) if each.startswith(leads)))
