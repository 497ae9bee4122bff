"""Quality in a sample: a form in force, conversations, and reviews in every state, by the room's own verbs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.people.models import Agent, Client
from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import Conversation, Review
from floorwalker.apps.quality.rules import endings
from floorwalker.apps.quality.rules.conversations import conversation
from floorwalker.apps.quality.rules.forms import Anchor, Condition, FormContent, Item, Section, yes_or_no
from floorwalker.kernel.access import SYSTEM

CONVERSATIONS = 200
REVIEWED_AGENTS = 10
SEED = 7
DAY = timedelta(days=1)

SCALE = (
    Anchor("none", 0.0, "The customer is cut off or has to repeat the matter."),
    Anchor("partly", 0.5, "The matter is understood after a second attempt."),
    Anchor("fully", 1.0, "The customer finishes; the agent says it back."),
)
CONTENT = FormContent(
    (
        Section(
            "Opening",
            (
                Item("greet", "Greets and says who answers", 1,
                     yes_or_no("Greeting and own name come first.", "Either is missing."),
                     expectation="Greet, say your name and the house."),
                Item("verify", "Verifies who calls before anything is told", 2,
                     yes_or_no("Asked before anything of the account is said.", "Something is told before."),
                     critical=True, expectation="Ask for the number of the order and the postcode."),
            ),
        ),
        Section(
            "The matter",
            (
                Item("listen", "Lets the customer finish", 3, SCALE, expectation="Listen, then say it back."),
                Item("solve", "Solves it, or says who will and by when", 3,
                     yes_or_no("It is solved, or has an owner and a day.", "The customer hangs up not knowing."),
                     expectation="Nobody leaves without an answer or a day."),
                Item("offer", "Offers what helps next", 1, yes_or_no("One fitting offer.", "None is made."),
                     may_not_apply=True, condition=Condition("solve", ("yes",))),
                Item("tool", "Systems answered within seconds", 2,
                     yes_or_no("No silence for the sake of a system.", "The customer waits for a system."),
                     controlled_by="system"),
                Item("rule", "The rules allowed what the customer needed", 1,
                     yes_or_no("A fair wish could be met.", "A fair wish was refused by policy."),
                     controlled_by="policy", may_not_apply=True),
            ),
        ),
        Section(
            "Closing",
            (
                Item("sum", "Sums up what happens next", 1,
                     yes_or_no("The next step is said in a sentence.", "The contact just ends.")),
            ),
        ),
    )
)  # fmt: skip

MATTERS = (
    ("late parcel", "My parcel should have come on Monday and nothing is here.",
     "I can see it left the depot this morning; it comes by tomorrow noon."),
    ("refund", "You took the money twice, and my card is 4111 1111 1111 1111.",
     "I see both bookings. The second goes back today and is with you by Friday."),
    ("wrong size", "The shoes are too small, can I change them?",
     "I send you a label to mail@shop.example; the other pair leaves the same day."),
    ("password", "I cannot sign in, it says my account is locked.",
     "I have opened it again; please choose a new password in the next hour."),
    ("invoice", "The invoice names the wrong company.",
     "I change the name now and send it anew, you have it in a minute."),
    ("cancel", "I want to cancel before it renews.",
     "It ends with this month. Nothing more is taken, and you get it in writing."),
)  # fmt: skip
NAMES = ("Crystal Minh", "Joao Prado", "Ida Berg", "Sam Okafor")


def is_there() -> bool:
    return Review.objects.exists()


def bring(at: datetime) -> None:
    """Everything of quality, or nothing of it."""
    chance = random.Random(SEED)
    with transaction.atomic():
        _form(at)
        _talks(chance, at)
        for number, agent in enumerate(_agents_with_judges()):
            _reviews(agent, number, chance, at)


def _form(at: datetime) -> None:
    if queries.form_for(Client.objects.order_by("pk").values_list("pk", flat=True)[0], "phone") is not None:
        return
    draft = services.make_form(name="Every contact", client_id=None, channel="", content=CONTENT, by=SYSTEM, at=at)
    services.publish_form(
        version_id=draft.pk,
        version=1,
        agreed=[("Operations", "yes"), ("Quality", "yes")],
        by=SYSTEM,
        at=at - 60 * DAY,
    )


def _talks(chance: random.Random, at: datetime) -> None:
    """Short contacts of the last six weeks, redacted like any that come by file."""
    agents = list(Agent.objects.filter(left_on=None).select_related("team").order_by("number"))
    judged = {agent.pk for agent in _agents_with_judges()}
    first = [agent for agent in agents if agent.pk in judged]
    clients = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    rows = []
    for number in range(CONVERSATIONS):
        agent = first[number % len(first)] if number < 8 * len(first) else chance.choice(agents)
        began = at - DAY * chance.uniform(1, 42)
        channel = chance.choice(["phone", "phone", "chat"])
        reason, asks, answer = chance.choice(MATTERS)
        name = chance.choice(NAMES)
        told = {
            "key": f"sample-{number:04}", "agent": agent.number, "channel": channel, "reason": reason,
            "started_at": began.isoformat(), "names": [name],
            "disposition": "solved" if chance.random() < 0.8 else "called back",
        }  # fmt: skip
        kept = conversation(told, list(_turns(agent.name.split()[0], name, asks, answer, chance)), "UTC")
        rows.append(
            Conversation(
                key=kept["key"], agent=agent, client_id=clients[number % len(clients)], channel=channel,
                started_at=began, seconds=kept["seconds"] + chance.randint(5, 60),
                hold_seconds=chance.choice([None, 0, 35, 90]), reason=kept["reason"],
                disposition=kept["disposition"], ending=endings.ending(kept["disposition"], kept["turns"]),
                turns=kept["turns"], imported_at=at,
            )
        )  # fmt: skip
    Conversation.objects.bulk_create(rows, ignore_conflicts=True)


def _turns(agent: str, name: str, asks: str, answer: str, chance: random.Random) -> Iterator[dict[str, Any]]:
    said = [
        ("agent", f"Good morning, this is {agent}, how can I help?"),
        ("customer", f"Hello, {name} here. {asks}"),
        ("agent", "I am sorry about that. May I have the number of the order and your postcode?"),
        ("customer", f"{chance.randint(10**8, 10**9)}, and the postcode is 1100."),
        ("agent", "One moment please, I look it up."),
        ("agent", answer),
        ("customer", chance.choice(["That helps, thank you.", "Fine. And if it does not come?", "At last."])),
        ("agent", chance.choice(["You hear from me either way. Have a good day.", "Anything else I can do?"])),
    ]
    at = 0
    for speaker, text in said:
        yield {"speaker": speaker, "at": at, "text": text}
        at += chance.randint(4, 40)


def _agents_with_judges() -> list[Agent]:
    """The first agents who sign in and whom somebody may evaluate: the people a visitor signs in as."""
    rows = Agent.objects.filter(left_on=None, user__isnull=False).select_related("team__site", "user")
    found = [agent for agent in rows.order_by("user_id")[: 2 * REVIEWED_AGENTS] if queries.evaluators_of(agent)]
    return found[:REVIEWED_AGENTS]


# How far each review of an agent has come, the oldest first.
COURSES = ("closed", "closed", "closed", "closed", "decided", "disputed", "scored", "released", "drawn")


def _reviews(agent: Agent, number: int, chance: random.Random, at: datetime) -> None:
    talks = list(Conversation.objects.filter(agent=agent, reviews=None).order_by("started_at"))
    courses = COURSES if number < 3 else COURSES[: 2 + number % 4] + COURSES[-1:]
    judge = queries.evaluators_of(agent)[0]
    for place, (talk, course) in enumerate(zip(talks, courses, strict=False)):
        ago = 1 if course in ("drawn", "scored") else 3 + 5 * (len(courses) - 1 - place)
        begun = at - DAY * ago
        talk.started_at = begun - timedelta(hours=9 + 5 * place)  # nobody reviews what is still to come
        talk.save(update_fields=["started_at"])
        _one(agent, talk, judge.user_id, course, begun, chance)


def _one(
    agent: Agent, talk: Conversation, judge: int, course: str, begun: datetime, chance: random.Random
) -> None:
    """One review, as far as its course goes."""
    assert agent.user is not None
    own, evaluator = actor_of(agent.user), actor_of(User.objects.get(pk=judge))
    review = services.draw(conversation_id=talk.pk, evaluator_id=judge, by=SYSTEM, at=begun)
    if course == "drawn":
        return
    later = begun + timedelta(hours=3)
    if course != "scored":
        answers = _answers(chance, kind=0.9)
        review = services.self_evaluate(
            review_id=review.pk, answers=answers, remarks={"item:listen": "I let them tell it all."}, hand_in=True,
            by=own, at=later,
        )  # fmt: skip
    remarks = {
        "went_well": "Calm from the first sentence, and the customer got a day.",
        "to_improve": "Say back what you understood before you look it up.",
        "item:listen": "The matter is told twice, at the beginning and after the hold.",
    }
    review = services.evaluate(
        review_id=review.pk, answers=_answers(chance, kind=0.75), remarks=remarks, version=review.version,
        finish=True, by=evaluator, at=later,
    )  # fmt: skip
    if course != "scored" and review.state == "scored":
        review = services.release(review_id=review.pk, by=evaluator, at=later)
    if course in ("disputed", "decided"):
        review = services.dispute(
            review_id=review.pk, words="I did say it back, right after the hold.", by=own, at=later + DAY / 4
        )
    if course == "decided":
        by = actor_of(User.objects.get(pk=review.disputes.get().decider_id))
        services.decide(
            review_id=review.pk, answers={}, words="Heard it; it comes too late to help here.",
            changes=False, version=review.version, by=by, at=later + DAY / 2,
        )  # fmt: skip
    if course == "closed":
        services.acknowledge(review_id=review.pk, by=own, at=later + DAY / 4)
        services.close(
            review_id=review.pk, went_well=remarks["went_well"], to_improve=remarks["to_improve"],
            by=evaluator, at=later + DAY / 2,
        )  # fmt: skip


def _answers(chance: random.Random, kind: float) -> dict[str, str]:
    """Answers that are good this often."""

    def good(share: float = kind) -> bool:
        return chance.random() < share

    return {
        "greet": "yes" if good() else "no",
        "verify": "yes" if good(0.97) else "no",
        "listen": "fully" if good() else "partly",
        "solve": "yes" if good(0.9) else "no",
        "offer": "yes" if good() else "na",
        "tool": "yes" if good(0.7) else "no",
        "rule": chance.choice(["yes", "na", "no"]),
        "sum": "yes" if good() else "no",
    }
