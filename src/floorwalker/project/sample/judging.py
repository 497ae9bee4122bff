"""Enough evaluations to tell a lenient evaluator from a strict one, calibrations and phrases, in a sample.

The evaluations are of the past: they are written down as they would stand after their talk, many at once. The rest
is done by the room's own verbs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.people.models import Agent, Client
from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import (
    Answer,
    Conversation,
    FormVersion,
    LostPoint,
    Phrase,
    PhraseLabel,
    RaterFit,
    Remark,
    Review,
    Spot,
)
from floorwalker.apps.quality.rules import endings
from floorwalker.apps.quality.rules.conversations import conversation
from floorwalker.apps.quality.rules.forms import FormContent, Item, asked, score
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.roles import Role, Scope
from floorwalker.project.sample.cast import person

AGENTS, EACH, JUDGES, TWICE = 24, 12, 4, 0.1
LEAST = 160  # contacts, in a small centre too: below them evaluators cannot be told apart
LENIENCY = (0.14, -0.18, 0.02, -0.02)  # of the evaluators by name: the first gives most, the second least
SEED = 11
HELP = ("Ines Moreau", "Jo Adler")
DAY = timedelta(days=1)
LABELLED_SPOTS, LABELLED_OTHERS = 30, 60
KEY = "heard-"


def is_there() -> bool:
    return RaterFit.objects.filter(fitted_at__isnull=False).exists()


def bring(at: datetime) -> None:
    """Everything of it, or nothing; taking scores apart is a job's work."""
    with transaction.atomic():
        if not Conversation.objects.filter(key__startswith=KEY).exists():
            chance = random.Random(SEED)
            heard = list(_heard(chance, at))
            _evaluations(heard, chance)
            _phrases(heard, chance, at)
            _calibrations(heard, chance, at)
    if not RaterFit.objects.filter(fitted_at=None).exists():
        services.order_fit(by=SYSTEM, at=at)


def _judges(at: datetime) -> dict[int, list[User]]:
    """Who evaluates the agents of each team; where one does everything, two help from outside."""
    found = _who_evaluates()
    if not found:
        for name in HELP:
            person(name, [(Role.QUALITY_ANALYST, Scope.ALL, None)], "UTC", at)
        found = _who_evaluates()
    return found


def _who_evaluates() -> dict[int, list[User]]:
    """At most four of each team; teams with one evaluator alone are left out."""
    found: dict[int, list[User]] = {}
    rows = Agent.objects.filter(left_on=None).select_related("team").order_by("team", "pk").distinct("team")
    for agent in rows:
        holders = sorted(queries.evaluators_of(agent), key=lambda each: (not each.analyst, each.user_id))
        if len(holders) > 1:
            users = User.objects.in_bulk([each.user_id for each in holders[:JUDGES]])
            found[agent.team_id] = [users[each.user_id] for each in holders[:JUDGES]]
    return found


def _heard(chance: random.Random, at: datetime) -> Iterator[tuple[Conversation, list[User]]]:
    """Contacts of the last ten weeks, with who judges them; signed-in agents first."""
    judges, clients = _judges(at), list(Client.objects.order_by("pk"))
    rows = list(Agent.objects.filter(left_on=None, team__in=judges).order_by("user_id", "pk")[:AGENTS])
    talks = []
    for agent in rows:
        for number in range(max(EACH, -(-LEAST // len(rows)))):
            began = at - DAY * chance.uniform(2, 70)
            reason, turns = _said(chance)
            told = {"key": f"{KEY}{agent.pk}-{number}", "agent": agent.number, "started_at": began.isoformat()}
            kept = conversation(told, turns, "UTC")
            talks.append(
                Conversation(
                    key=kept["key"], agent=agent, client=clients[agent.pk % len(clients)], channel="phone",
                    queue_name=f"{reason.capitalize()} line", started_at=began, seconds=kept["seconds"] + 20,
                    reason=reason, disposition="solved", ending=endings.ending("solved", kept["turns"]),
                    turns=kept["turns"], imported_at=at,
                )
            )  # fmt: skip
    for talk in Conversation.objects.bulk_create(talks):
        yield talk, judges[talk.agent.team_id]


def _said(chance: random.Random) -> tuple[str, list[dict[str, object]]]:
    """A reason and what was said, with a phrase of the bank in every third and a lookalike now and then."""
    from floorwalker.science.sample import CLOSINGS, LOOKALIKES, OPENINGS, PLAIN, PLANTED, REASONS

    reason = chance.choice(sorted(REASONS))
    middle = [chance.choice(PLAIN) for _ in range(chance.randint(2, 4))]
    for share, sayings in ((0.6, PLANTED), (0.2, LOOKALIKES)):
        if chance.random() < share:
            middle.insert(chance.randint(0, len(middle)), chance.choice(sayings))
    said = [chance.choice(OPENINGS), chance.choice(REASONS[reason]), *middle, *CLOSINGS]
    return reason, [{"speaker": each.speaker, "at": 12 * n, "text": each.text} for n, each in enumerate(said)]


def _evaluations(heard: list[tuple[Conversation, list[User]]], chance: random.Random) -> None:
    """One evaluation a contact, of every tenth two; closed with both halves."""
    gives = {
        user.pk: LENIENCY[place % len(LENIENCY)]
        for place, user in enumerate(sorted({user for _, users in heard for user in users}, key=lambda u: u.pk))
    }
    versions: dict[tuple[int, str], FormVersion | None] = {}
    rows: list[tuple[Review, dict[str, str], FormContent]] = []
    merit = {talk.agent_id: chance.gauss(0, 0.06) for talk, _ in heard}
    for talk, users in heard:
        if (talk.client_id, talk.channel) not in versions:
            versions[talk.client_id, talk.channel] = queries.form_for(talk.client_id, talk.channel)
        version = versions[talk.client_id, talk.channel]
        if version is None:
            continue
        content, luck = version.words, chance.gauss(0, 0.04)
        who = chance.sample(users, 2 if chance.random() < TWICE else 1)
        for place, user in enumerate(who):
            level = merit[talk.agent_id] + gives[user.pk] + luck
            answers = _answers(content, level, chance)
            found, when = score(content, answers), talk.started_at + DAY
            rows.append((
                Review(
                    conversation=talk, agent_id=talk.agent_id, form_version=version, evaluator=user,
                    why="double" if place else "sample", state="closed", drawn_at=when, due=when + 5 * DAY,
                    scored_at=when, released_at=when, acknowledged_at=when, closed_at=when,
                    score=found.points or 0.0, all_points=found.all_points or 0.0,
                    failed=list(found.failed_critical),
                ),
                answers,
                content,
            ))  # fmt: skip
    Review.objects.bulk_create([review for review, _, _ in rows])
    Answer.objects.bulk_create(
        Answer(review=review, side="evaluator", item_key=key, value=value, at=review.scored_at)
        for review, answers, _ in rows
        for key, value in answers.items()
    )
    LostPoint.objects.bulk_create(
        LostPoint(
            review=review, item_key=lost.item, item_text=item.text, controlled_by=lost.controlled_by,
            points=lost.points,
        )
        for review, answers, content in rows
        for lost in score(content, answers).lost
        if (item := content.item(lost.item))
    )  # fmt: skip
    halves = {
        "went_well": "The matter was understood before anything was looked up.",
        "to_improve": "Say in one sentence what happens next.",
    }
    Remark.objects.bulk_create(
        Remark(review=review, side="evaluator", about=about, text=text, at=review.scored_at)
        for review, _, _ in rows
        for about, text in halves.items()
    )


def _answers(content: FormContent, level: float, chance: random.Random) -> dict[str, str]:
    """What an evaluator answers at this level: each item has a likelihood of its own."""
    answers: dict[str, str] = {}
    for item in content.items():
        if item in asked(content, answers):
            answers[item.key] = _answer(item, level, chance)
    return answers


def _answer(item: Item, level: float, chance: random.Random) -> str:
    if item.may_not_apply and chance.random() < 0.2:
        return "na"
    ease = 0.55 + (sum(map(ord, item.key)) % 30) / 100
    likely = 0.97 if item.critical else ease + (level if item.controlled_by == "agent" else 0.0)
    best = max(item.anchors, key=lambda each: each.share)
    if chance.random() < likely:
        return best.value
    return chance.choice([each.value for each in item.anchors if each is not best])


def _phrases(heard: list[tuple[Conversation, list[User]]], chance: random.Random, at: datetime) -> None:
    """The bank, where its phrases stand, and what an analyst found by hand."""
    from floorwalker.science.sample import PLANTED, TRIGGERS

    bank = Phrase.objects.bulk_create(
        Phrase(text=each.phrase, said_by=each.speaker, owner_topic=each.owner, made_at=at - 7 * DAY, spotted_at=at)
        for each in TRIGGERS
    )
    services.spot_in(Conversation.objects.all())
    by = next((users[0] for _, users in heard), None)
    if by is None:
        return
    words = dict(Conversation.objects.values_list("pk", "turns"))
    planted = {saying.text: saying.trigger for saying in PLANTED}
    labels = []
    for phrase in bank:
        spots = list(Spot.objects.filter(phrase=phrase).order_by("pk").values_list("conversation", "turn"))
        found = set(spots)
        others = [
            (talk.pk, number)
            for talk, _ in heard
            for number, turn in enumerate(talk.turns)
            if turn["speaker"] == phrase.said_by and (talk.pk, number) not in found
        ]
        for spotted, turns, number in ((True, spots, LABELLED_SPOTS), (False, others, LABELLED_OTHERS)):
            labels += [
                PhraseLabel(
                    conversation_id=talk,
                    phrase=phrase,
                    turn=turn,
                    spotted=spotted,
                    by=by,
                    at=at,
                    # Whoever labels knows what was meant, not what the rules found.
                    present=planted.get(words[talk][turn]["text"], "") == phrase.text,
                )
                for talk, turn in chance.sample(turns, min(number, len(turns)))
            ]
    PhraseLabel.objects.bulk_create(labels)


def _calibrations(heard: list[tuple[Conversation, list[User]]], chance: random.Random, at: datetime) -> None:
    """One closed, with what was agreed, and one that waits for somebody's score."""
    for (talk, users), closed in zip(heard[:2], (True, False), strict=False):
        owner = actor_of(users[0])
        begun = at - 9 * DAY if closed else at - DAY
        found = services.open_calibration(
            conversation_id=talk.pk, participants=[user.pk for user in users],
            last_day=(begun + 6 * DAY).date(), by=owner, at=begun,
        )  # fmt: skip
        content = found.form_version.words
        for place, user in enumerate(users if closed else users[:1]):
            answers = _answers(content, LENIENCY[place % len(LENIENCY)], chance)
            services.score_calibration(
                calibration_id=found.pk, answers=answers, comments={}, finish=True, by=actor_of(user),
                at=begun + DAY / 2,
            )  # fmt: skip
        if closed:
            services.close_calibration(calibration_id=found.pk, by=owner, at=begun + 6 * DAY)
            item = next(content.items())
            services.agree_reading(
                calibration_id=found.pk, item_key=item.key, by=owner, at=begun + 6 * DAY,
                text="Counts as done when it comes within the first two sentences, in whichever order.",
            )  # fmt: skip
