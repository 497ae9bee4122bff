"""Calibrations: who takes part, what is blind until it is closed, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.quality import words
from floorwalker.apps.quality.models import Calibration, CalibrationScore, Conversation, Reading
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.reviews import evaluators_of
from floorwalker.apps.quality.queries.sheets import ONE_FOR_ALL
from floorwalker.apps.quality.rules import calibration as rules
from floorwalker.apps.quality.rules.forms import Item
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import Message, duration_words
from floorwalker.kernel.scoping import pick, scoped, within

OPEN, CLOSED = Calibration.State.OPEN, Calibration.State.CLOSED
TEAM, SITE = "conversation__agent__team", "conversation__agent__team__site"


def visible_calibrations(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[Calibration]:
    """Those one takes part in or keeps, and as an analyst those of contacts of one's places."""
    sight = actor.sight(permission)
    reach = within(sight, own="scores__participant", team=TEAM, site=SITE)
    if sight.own is not None and not sight.everything:  # all or something more would be the something
        reach |= Q(owner=sight.own)
    return Calibration.objects.filter(pk__in=Calibration.objects.filter(reach).values("pk"))


def the_calibration(actor: Actor, calibration_id: int, permission: Permission = P.TAKE_PART) -> Calibration:
    rows = visible_calibrations(actor, permission).select_related(
        "conversation__agent__team__site", "form_version__form", "owner"
    )
    return pick(rows, calibration_id)


def visible_scores(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[CalibrationScore]:
    """One's own always; those of others once the calibration is closed."""
    sight = actor.sight(permission)
    if sight.everything and actor.kind == "system":
        return CalibrationScore.objects.all()
    closed = Q(calibration__state=CLOSED, calibration__in=visible_calibrations(actor, permission).values("pk"))
    mine = Q(participant=sight.own) if sight.own is not None else Q(pk__in=[])
    return CalibrationScore.objects.filter(closed | mine)


def visible_readings(actor: Actor, permission: Permission = P.SEE_FORMS) -> QuerySet[Reading]:
    """What was agreed about items, for all who judge by them or are judged."""
    return Reading.objects.all() if actor.sight(permission) else Reading.objects.none()


scoped(Calibration, visible_calibrations, P.TAKE_PART, P.CALIBRATE)
scoped(CalibrationScore, visible_scores, P.TAKE_PART, key="calibration_score_id")
scoped(Reading, visible_readings, P.SEE_FORMS, canary="text", fixed=("item_key",), staff_see_all=ONE_FOR_ALL)


def participants_to_choose(conversation: Conversation) -> list[tuple[int, str]]:
    """Who may evaluate contacts of this agent."""
    return sorted(((each.user_id, each.name) for each in evaluators_of(conversation.agent)), key=lambda e: e[1])


def readings_of(actor: Actor, form_id: int) -> dict[str, list[Reading]]:
    """What was agreed about each item of a form, the newest first."""
    found: dict[str, list[Reading]] = {}
    for each in visible_readings(actor).filter(form=form_id).order_by("-at", "-pk"):
        found.setdefault(each.item_key, []).append(each)
    return found


def blind_thread(conversation: Conversation) -> list[Message]:
    """What was said, without the agent's name: a known name is half a score."""
    names = {"agent": _("Agent"), "customer": _("Customer"), "system": _("System")}
    return [
        Message(
            who=names[turn["speaker"]],
            at=conversation.started_at + timedelta(seconds=turn["at"]),
            text=turn["text"],
            role=duration_words(turn["at"]) if turn["at"] else "",
        )
        for turn in conversation.turns
    ]


@dataclass(frozen=True)
class CalibrationLine:
    """A calibration in a list: how many have scored, and whether the reader still has to."""

    calibration: Calibration
    invited: int
    scored: int
    mine_open: bool


def calibration_lines(actor: Actor, rows: Iterable[Calibration]) -> list[CalibrationLine]:
    found = list(rows)
    counts = {
        pk: (invited, scored)
        for pk, invited, scored in CalibrationScore.objects.filter(calibration__in=found)
        .values_list("calibration")
        .annotate(n=Count("pk"), done=Count("scored_at"))
        .order_by()
    }
    mine = set(
        CalibrationScore.objects.filter(
            calibration__in=found, participant=actor.user_id, scored_at=None, calibration__state=OPEN
        ).values_list("calibration", flat=True)
    )
    return [CalibrationLine(each, *counts.get(each.pk, (0, 0)), each.pk in mine) for each in found]


def calibrations_in(actor: Actor) -> QuerySet[Calibration]:
    rows = visible_calibrations(actor).select_related("form_version__form", "owner", "conversation")
    return rows.defer("conversation__turns", "result", "form_version__content")


@dataclass(frozen=True)
class OpenCalibration:
    """What waits for somebody: to score, or to close what all have scored."""

    calibration: Calibration
    closes: bool
    late: bool
    why: str


def calibrations_to_do(actor: Actor, at: datetime) -> list[OpenCalibration]:
    """One's own scores still to give; of one's own calibrations those all have scored, or whose day has passed."""
    own = CalibrationScore.objects.filter(calibration=OuterRef("pk"), participant=actor.user_id, scored_at=None)
    missing = CalibrationScore.objects.filter(calibration=OuterRef("pk"), scored_at=None)
    rows = calibrations_in(actor).filter(state=OPEN).annotate(asked=Exists(own), missing=Exists(missing))
    closable = Q(owner=actor.user_id) & (Q(missing=False) | Q(due__lt=at))
    found = []
    for each in rows.filter(Q(asked=True) | closable).order_by("-asked", "due", "pk")[:100]:
        if each.asked:
            why = _("Calibration by “%(form)s”: score the contact, blind.")
        elif each.missing:
            why = _("Calibration by “%(form)s”: its day has passed; close it with those who scored.")
        else:
            why = _("Calibration by “%(form)s”: all have scored; close it and talk.")
        words = why % {"form": each.form_version.form.name}
        found.append(OpenCalibration(each, not each.asked, each.due < at, words))
    return found


@dataclass(frozen=True)
class Given:
    name: str
    answer: str
    comment: str


@dataclass(frozen=True)
class CalibratedItem:
    """One item: what everybody answered, how far apart, what was agreed."""

    item: Item
    given: list[Given]
    apart: float | None  # share of its points; none where fewer than two answered
    reading: str


@dataclass(frozen=True)
class Coefficient:
    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    sentence: str
    meaning: str


@dataclass(frozen=True)
class CalibrationPage:
    found: Calibration
    mine: CalibrationScore | None
    people: list[tuple[str, bool]]  # who takes part, and whether they have scored
    scores: list[CalibrationScore]  # once closed
    items: list[CalibratedItem]  # once closed, those they differ most in first
    coefficients: list[Coefficient]
    keeps: bool  # may close it and write down what was agreed

    @property
    def open(self) -> bool:
        return self.found.state == OPEN

    @property
    def missing(self) -> int:
        return sum(not scored for _name, scored in self.people)


def calibration_page(actor: Actor, found: Calibration) -> CalibrationPage:
    """What the reader may see of it now."""
    everybody = CalibrationScore.objects.filter(calibration=found).select_related("participant")
    people = [
        (each.participant.name, each.scored_at is not None) for each in everybody.defer("answers", "comments")
    ]
    seen = list(visible_scores(actor).filter(calibration=found).select_related("participant"))
    mine = next((each for each in seen if each.participant_id == actor.user_id), None)
    scores = sorted(
        (each for each in seen if found.state == CLOSED and each.scored_at), key=lambda each: each.participant.name
    )
    keeps = found.owner_id == actor.user_id or (
        visible_calibrations(actor, P.CALIBRATE).filter(pk=found.pk).exists()
    )
    return CalibrationPage(
        found, mine, sorted(people), scores, _items(found, scores) if scores else [],
        [_coefficient(each) for each in (found.result or {}).get("coefficients", [])], keeps,
    )  # fmt: skip


def _items(found: Calibration, scores: list[CalibrationScore]) -> list[CalibratedItem]:
    agreed = dict(found.readings.values_list("item_key", "text"))
    items = []
    for item in found.form_version.words.items():
        given = [
            Given(
                each.participant.name, words.answer_name(each.answers[item.key]), each.comments.get(item.key, "")
            )
            for each in scores
            if each.answers.get(item.key)
        ]
        shares = {
            str(each.participant_id): share
            for each in scores
            if (share := item.share(each.answers.get(item.key, ""))) is not None
        }
        apart = rules.apart(shares) if len(shares) > 1 else None
        if given:
            items.append(CalibratedItem(item, given, apart, agreed.get(item.key, "")))
    return sorted(items, key=lambda each: -(each.apart or 0.0))


def _coefficient(plain: dict[str, Any]) -> Coefficient:
    return Coefficient(
        words.COEFFICIENTS[plain["name"]][0],
        plain["value"],
        plain.get("low"),
        plain.get("high"),
        plain["n"],
        words.coefficient_words(plain),
        words.COEFFICIENTS[plain["name"]][1],
    )


def agreement_inputs(calibration_id: int) -> dict[str, Any]:
    """What the work needs: answers and what they earn, and whole scores of the form's other calibrations."""
    found = Calibration.objects.select_related("form_version").get(pk=calibration_id)
    content = found.form_version.words
    scored = CalibrationScore.objects.filter(calibration=found, scored_at__isnull=False)
    answers = {str(each.participant_id): each.answers for each in scored}
    shares = {
        rater: {item.key: item.share(given.get(item.key, "")) for item in content.items()}
        for rater, given in answers.items()
    }
    since = found.opened_at - timedelta(days=rules.LOOK_BACK_DAYS)
    contacts: dict[str, dict[str, float]] = {}
    rows = CalibrationScore.objects.filter(
        calibration__form_version__form=found.form_version.form_id, calibration__state=CLOSED,
        calibration__opened_at__gte=since, scored_at__isnull=False,
    )  # fmt: skip
    for key, rater, score in rows.values_list("calibration", "participant", "score"):
        contacts.setdefault(str(key), {})[str(rater)] = score
    return {
        "items": [item.key for item in content.items()],
        "answers": answers,
        "shares": shares,
        "contacts": contacts,
    }


def calibration_url(calibration_id: int) -> str:
    return reverse("quality:calibration", args=[calibration_id])


def calibrations_due(at: datetime) -> QuerySet[Calibration]:
    """Open, and their day has passed."""
    return Calibration.objects.filter(state=OPEN, due__lt=at)


def plain_calibration(page: CalibrationPage) -> dict[str, Any]:
    """For programs."""
    found = page.found
    return {
        "id": found.pk,
        "conversation_id": found.conversation_id,
        "form_version_id": found.form_version_id,
        "owner_id": found.owner_id,
        "state": found.state,
        "opened_at": found.opened_at,
        "due": found.due,
        "closed_at": found.closed_at,
        "participants": [{"name": name, "scored": scored} for name, scored in page.people],
        "scores": [
            {"participant_id": each.participant_id, "score": each.score, "answers": each.answers}
            for each in page.scores
        ],
        "coefficients": (found.result or {}).get("coefficients", []) if not page.open else [],
        "readings": [{"item": each.item.key, "text": each.reading} for each in page.items if each.reading],
    }
