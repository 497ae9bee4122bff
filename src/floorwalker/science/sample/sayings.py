"""What is said in made-up contacts: data. Each line is a turn; ``trigger`` names the phrase planted in it."""

from __future__ import annotations

from dataclasses import dataclass

AGENT, CUSTOMER = "agent", "customer"


@dataclass(frozen=True)
class Saying:
    """One turn: who says it, the words, and the trigger phrase in it, if any."""

    speaker: str
    text: str
    trigger: str = ""


@dataclass(frozen=True)
class Trigger:
    """A phrase worth spotting: who says it, whether the agent controls it, who could mend it."""

    phrase: str
    speaker: str
    controllable: bool
    owner: str


TRIGGERS = (
    Trigger("called three times", CUSTOMER, False, "process"),
    Trigger("been waiting for", CUSTOMER, False, "process"),
    Trigger("speak to a supervisor", CUSTOMER, False, "process"),
    Trigger("cancel my contract", CUSTOMER, False, "product"),
    Trigger("the app is down", CUSTOMER, False, "system"),
    Trigger("that is our policy", AGENT, True, "agent"),
    Trigger("not my department", AGENT, True, "agent"),
    Trigger("you should have", AGENT, True, "agent"),
    Trigger("system is slow", AGENT, False, "system"),
    Trigger("let me check that", AGENT, True, "agent"),
)

OPENINGS = (
    Saying(AGENT, "Good morning, you are speaking to the service desk. How can I help?"),
    Saying(AGENT, "Hello and thank you for calling. What can I do for you?"),
    Saying(AGENT, "Good afternoon, may I have your name and the reason for your call?"),
)

# By reason of the contact: what the customer came for.
REASONS = {
    "billing": (
        Saying(CUSTOMER, "My invoice is higher than last month and I don't see why."),
        Saying(CUSTOMER, "I was charged twice for the same order."),
    ),
    "delivery": (
        Saying(CUSTOMER, "My parcel was due on Monday and it is not here."),
        Saying(CUSTOMER, "Half of what I ordered is missing from the box."),
    ),
    "technical": (
        Saying(CUSTOMER, "I can't sign in since the update."),
        Saying(CUSTOMER, "The connection drops every evening around eight."),
    ),
    "change": (
        Saying(CUSTOMER, "I have moved and need my address changed."),
        Saying(CUSTOMER, "I would like the larger package from next month."),
    ),
}

# Said somewhere in the middle, with a phrase worth spotting …
PLANTED = (
    Saying(CUSTOMER, "This is the fourth time, I have called three times about it already.", "called three times"),
    Saying(CUSTOMER, "I have been waiting for twenty minutes, honestly.", "been waiting for"),
    Saying(CUSTOMER, "Then I would like to speak to a supervisor, please.", "speak to a supervisor"),
    Saying(CUSTOMER, "If that is so I will cancel my contract.", "cancel my contract"),
    Saying(CUSTOMER, "And the app is down, so I could not look it up.", "the app is down"),
    Saying(AGENT, "I am afraid that is our policy.", "that is our policy"),
    Saying(AGENT, "That is not my department.", "not my department"),
    Saying(AGENT, "Well, you should have told us before.", "you should have"),
    Saying(AGENT, "Sorry, the system is slow today.", "system is slow"),
    Saying(AGENT, "One moment, let me check that for you.", "let me check that"),
)

# … or with words that only look like one, which rules must leave alone.
LOOKALIKES = (
    Saying(CUSTOMER, "My neighbour called. Three times a week, can you imagine?"),
    Saying(CUSTOMER, "I don't want to cancel anything, my contract is fine."),
    Saying(AGENT, "Our policy covers that, so nothing to pay."),
    Saying(AGENT, "I will check the address and let you know."),
)

PLAIN = (
    Saying(AGENT, "I see your order here, thank you."),
    Saying(CUSTOMER, "All right, I can wait for a moment."),
    Saying(AGENT, "I have corrected that, the change shows from tomorrow."),
    Saying(CUSTOMER, "The number is on the letter, one second."),
    Saying(AGENT, "To be sure that I understood: it began last week?"),
    Saying(CUSTOMER, "Yes, exactly."),
)

CLOSINGS = (
    Saying(AGENT, "Is there anything else I can do for you?"),
    Saying(CUSTOMER, "No, that was all. Thank you, goodbye."),
)
