"""What a year leaves between people: one-to-ones with what follows, agreements, groups, pairs, goals, phrases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from benchmarks.suite.centre.copying import copy
from benchmarks.suite.centre.size import Centre

TALKS_EACH = 6  # one every other month; every fifth agent has the next planned
GROUPS_A_LEAD = 4
IN_A_GROUP = 12
GOALS_EACH = 3
CALIBRATIONS, SCORED_BY = 24, 6
PHRASES = 200


def fill(centre: Centre) -> None:
    _talks(centre)
    _agreements(centre)
    _groups(centre)
    _pairs(centre)
    _goals(centre)
    _calibrations(centre)
    _phrases(centre)


def _lead(centre: Centre, number: int) -> Any:
    return centre.users[f"supervisor {number // centre.size.agents_a_team}"]


def _ago(centre: Centre, days: float) -> datetime:
    return centre.at - timedelta(days=days)


def _talks(centre: Centre) -> None:
    from floorwalker.apps.coaching.models import Action, AgendaItem, Note, OneToOne

    def talks() -> Iterator[Any]:
        for number, agent in enumerate(centre.agents):
            common = {"agent": agent, "lead": _lead(centre, number), "minutes": 30}
            for n in range(TALKS_EACH):
                held = _ago(centre, 60 * n + 5 + number % 40)
                yield OneToOne(
                    **common,
                    state="let_go",  # closed below: the database wants the words and what follows first
                    due=held,
                    made_at=held - timedelta(days=7),
                    begins_at=held,
                    held_at=held,
                    ended_at=held,
                    follow_up_on=(held + timedelta(days=21)).date(),
                )
            if number % 5 == 0:
                soon = centre.at + timedelta(days=1 + number % 6)
                yield OneToOne(**common, state="prepared", due=soon, made_at=_ago(centre, 2), begins_at=soon)

    copy(OneToOne, talks())
    kept = list(OneToOne.objects.order_by("pk").values_list("pk", "agent", "agent__user", "lead", "state", "due"))
    copy(
        AgendaItem,
        (
            AgendaItem(talk_id=pk, kind=kind, words="The last five minutes of long calls.", by_id=by, at=due)
            for pk, _agent, user, lead, _state, due in kept
            for kind, by in (("agent", user or lead), ("lead", lead))
        ),
    )
    done = [each for each in kept if each[4] == "let_go"]
    copy(
        Note,
        (
            Note(talk_id=pk, side=side, by_id=by, words="We listened to two contacts together.", at=due)
            for pk, _agent, user, lead, _state, due in done
            for side, by in (("agent", user or lead), ("lead", lead))
        ),
    )
    copy(
        Action,
        (
            Action(
                talk_id=pk,
                agent_id=agent,
                lead_id=lead,
                what="Say what happens next before hanging up.",
                target="In eight of ten contacts",
                due=(due + timedelta(days=14)).date(),
                follow_up_on=(due + timedelta(days=21)).date(),
                agreed_by_agent_at=due,
                agreed_by_lead_at=due,
                **_end(centre, due + timedelta(days=21)),
            )
            for pk, agent, _user, lead, _state, due in done
        ),
    )
    OneToOne.objects.filter(state="let_go").update(state="closed")


def _end(centre: Centre, at: datetime) -> dict[str, Any]:
    return {"state": "done", "ended_at": at} if at < centre.at else {"state": "open"}


def _agreements(centre: Centre) -> None:
    from floorwalker.apps.coaching.models import Agreement, AgreementItem

    began = _ago(centre, 60)
    copy(
        Agreement,
        (
            Agreement(
                agent=agent,
                lead=_lead(centre, number),
                number=1,
                state="in_force",
                made_at=began,
                agreed_by_agent_at=began,
                agreed_by_lead_at=began,
                in_force_from=began.date(),
                review_due=(began + timedelta(days=60 + number % 40)).date(),
            )
            for number, agent in enumerate(centre.agents)
        ),
    )
    copy(
        AgreementItem,
        (
            AgreementItem(agreement_id=pk, side=side, words=f"Tells the other a day before ({n}).")
            for pk in Agreement.objects.order_by("pk").values_list("pk", flat=True)
            for side in ("agent", "lead")
            for n in range(3)
        ),
    )


def _groups(centre: Centre) -> None:
    from floorwalker.apps.coaching.models import GroupMember, GroupSession, ReturnSheet

    teams = len(centre.agents) // centre.size.agents_a_team
    copy(
        GroupSession,
        (
            GroupSession(
                title="The new returns page",
                topic="What changes for callers.",
                lead=centre.users[f"supervisor {team}"],
                minutes=45,
                due=_ago(centre, 80 * n - 5),
                made_at=_ago(centre, 80 * n + 10),
                **(_held(_ago(centre, 80 * n - 5)) if n else {}),
            )
            for team in range(teams)
            for n in range(GROUPS_A_LEAD)
        ),
    )
    kept = list(GroupSession.objects.order_by("pk").values_list("pk", "state"))
    each = centre.size.agents_a_team
    copy(
        GroupMember,
        (
            GroupMember(
                group_id=pk, agent=centre.agents[at // GROUPS_A_LEAD * each + n], came=state == "closed" or None
            )
            for at, (pk, state) in enumerate(kept)
            for n in range(min(IN_A_GROUP, each))
        ),
    )
    ReturnSheet.objects.bulk_create(
        (
            ReturnSheet(group_id=pk, worth=4, heard=4, clear=3, keep="The examples.", change="Less to read.")
            for pk, state in kept
            if state == "closed"
            for _ in range(8)
        ),
        batch_size=2000,
    )


def _held(at: datetime) -> dict[str, Any]:
    return {
        "state": "closed",
        "held_at": at,
        "sheets_in_at": at + timedelta(days=3),
        "returned": 8,
        "outcome": "The page names the deadline.",
        "outcome_due": at + timedelta(days=20),
        "kept_at": at + timedelta(days=15),
        "ended_at": at + timedelta(days=15),
    }


def _pairs(centre: Centre) -> None:
    from floorwalker.apps.coaching.models import PeerMeeting, PeerNote, PeerPair

    copy(
        PeerPair,
        (
            PeerPair(
                kind="buddy",
                helper=centre.agents[number + 1],
                learner=centre.agents[number],
                about="Returns",
                first_day=_ago(centre, 30).date(),
                last_day=(centre.at + timedelta(days=30)).date(),
                state="accepted",
                proposed_by=_lead(centre, number),
                proposed_at=_ago(centre, 31),
                helper_yes_at=_ago(centre, 30),
                learner_yes_at=_ago(centre, 30),
            )
            for number in range(0, len(centre.agents), 10)
        ),
    )
    kept = list(PeerPair.objects.values_list("pk", "helper__user", "proposed_by"))
    when = [_ago(centre, 7 * n + 1) for n in range(4)]
    copy(
        PeerMeeting,
        (
            PeerMeeting(pair_id=pk, minutes=30, state="held", begins_at=at, made_at=at, held_at=at)
            for pk, _helper, _by in kept
            for at in when
        ),
    )
    copy(
        PeerNote,
        (
            PeerNote(pair_id=pk, by_id=user or by, words="Try the order page first.", at=at)
            for pk, user, by in kept
            for at in when
        ),
    )


def _goals(centre: Centre) -> None:
    from floorwalker.apps.performance.models import Goal

    copy(
        Goal,
        (
            Goal(
                agent=agent,
                measure="quality_score",
                target=85.0,
                first_day=_ago(centre, 90 * n + 45).date(),
                last_day=_ago(centre, 90 * n - 45).date(),
                baseline_mean=80.0,
                baseline_low=78.0,
                baseline_high=82.0,
                baseline_days=40,
                baseline_span=56,
                probability=0.2,
                proposed_by="agent",
                proposed_at=_ago(centre, 90 * n + 46),
                agreed_by_agent_at=_ago(centre, 90 * n + 45),
                agreed_by_lead_at=_ago(centre, 90 * n + 45),
                lead=_lead(centre, number),
                **(_met(_ago(centre, 90 * n - 45)) if n else {"state": "agreed"}),
            )
            for number, agent in enumerate(centre.agents)
            for n in range(GOALS_EACH)
        ),
    )


def _met(at: datetime) -> dict[str, Any]:
    return {"state": "met", "ended_at": at, "result_mean": 86.0, "result_days": 40}


def _calibrations(centre: Centre) -> None:
    from floorwalker.apps.quality.models import Calibration, CalibrationScore, Conversation, FormVersion

    version = FormVersion.objects.get()
    contacts = list(Conversation.objects.order_by("-started_at").values_list("pk", flat=True)[:CALIBRATIONS])
    made = Calibration.objects.bulk_create(
        Calibration(
            conversation_id=pk,
            form_version=version,
            owner=centre.users["analyst"],
            opened_at=_ago(centre, 7 * n + 3),
            due=_ago(centre, 7 * n - 4),
            **({"state": "closed", "closed_at": _ago(centre, 7 * n - 4)} if n else {}),
        )
        for n, pk in enumerate(contacts)
    )
    CalibrationScore.objects.bulk_create(
        CalibrationScore(
            calibration=each,
            participant=centre.users[f"supervisor {n}"],
            answers={f"item_{item}": "yes" if (item + n) % 4 else "no" for item in range(10)},
            scored_at=each.opened_at,
            score=70.0 + n,
            all_points=70.0 + n,
        )
        for each in made
        for n in range(SCORED_BY)
    )


def _phrases(centre: Centre) -> None:
    from floorwalker.apps.quality.models import Conversation, Phrase, Spot

    made = Phrase.objects.bulk_create(
        Phrase(
            text=f"late again, number {n}",
            said_by="customer",
            owner_topic=("process", "system", "policy")[n % 3],
            made_at=_ago(centre, 200),
            spotted_at=_ago(centre, 199),
        )
        for n in range(PHRASES)
    )
    contacts = Conversation.objects.order_by("pk").values_list("pk", flat=True)
    copy(
        Spot,
        (
            Spot(conversation_id=pk, phrase=made[n // 4 % PHRASES], turn=0)
            for n, pk in enumerate(contacts)
            if n % 4 == 0
        ),
    )
