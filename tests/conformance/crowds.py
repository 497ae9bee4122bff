"""More rows of everything a list shows, in sight of the people of the cast who ask for it.

Each function makes the rows numbered ``numbers`` of one room, on top of what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from floorwalker.apps.accounts.models import ApiToken, OpenSession, RoleHeld, User
from floorwalker.apps.capacity.models import DayRisk, StaffingOrder
from floorwalker.apps.coaching.models import (
    Action,
    AgendaItem,
    Agreement,
    Behaviour,
    Effect,
    Feedback,
    GroupMember,
    GroupSession,
    Note,
    OneToOne,
    PeerMeeting,
    PeerPair,
    Touch,
)
from floorwalker.apps.demand.models import (
    ClientForecast,
    Expectation,
    ForecastRun,
    HistoryUpload,
    Launch,
    LaunchItem,
    Override,
    RecordDay,
    SpecialDay,
    Statement,
)
from floorwalker.apps.hub.models import (
    Mention,
    Policy,
    PostEdit,
    PostReport,
    PulseAsked,
    PulseResult,
    Receipt,
    Reuse,
    Saying,
    SayingMove,
    Tag,
    Topic,
)
from floorwalker.apps.learning.models import (
    ArenaMember,
    BoxQuestion,
    CustomerLine,
    Handbook,
    Match,
    Play,
    TriggerMoment,
    VoteQuestion,
)
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.offphone.services import NOTICE_KIND as MOVED
from floorwalker.apps.offphone.services import PROMISE_KIND
from floorwalker.apps.people.models import (
    Agent,
    AgentName,
    AgentSkill,
    Client,
    LeavingReason,
    PeopleImport,
    Site,
    Skill,
    Team,
    TeamMembership,
)
from floorwalker.apps.performance.models import AgentDay, FactFile
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality.models import (
    CalibrationScore,
    Form,
    Phrase,
    RaterEffect,
    Reading,
    SampleDraw,
    SamplePlan,
    Spot,
)
from floorwalker.apps.recognition.models import Contest, ContestEntry, Finding, Season, SeasonMember, Thanks, Title
from floorwalker.apps.schedules.models import ChangeEntry, ChangeRequest, Edit, Feed, Run, Shift, ShiftPattern
from floorwalker.kernel import audit
from floorwalker.kernel.models import Job, Notice
from tests.conformance.matrix import positions
from tests.factories import demand as make_demand
from tests.factories import hub as make_hub
from tests.factories import learning as make_learning
from tests.factories import quality as make_quality
from tests.factories import schedules as make
from tests.people import NOW, STARTED, Cast

Numbers = Iterable[int]
MONDAY = date(2026, 3, 2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def people(cast: Cast, numbers: Numbers) -> None:
    world = cast.world
    for n in numbers:
        user = User.objects.create(email=f"crowd{n}@example.org", name=f"Crowd {n:02}", password="!")
        RoleHeld.objects.create(user=user, role="agent", scope="own", given_at=NOW, given_by="the crowd")
        agent = Agent.objects.create(
            user=user, name=user.name, number=f"C{n:03}", team=world.north_one, started_on=STARTED
        )
        TeamMembership.objects.create(agent=agent, team=world.north_one, days=(STARTED, None))
        AgentSkill.objects.create(agent=agent, skill=world.service, level=3, proof="test")
        AgentName.objects.create(agent=agent, system="switch", external_id=f"x{n}", days=(STARTED, None))
        for person in (cast.planner, cast.manager):
            PeopleImport.objects.create(
                user=person.user, file_name=f"people{n}.csv", uploaded_at=NOW, columns=["id"], rows=[], mapping={}
            )


def places(_cast: Cast, numbers: Numbers) -> None:
    for n in numbers:
        client = Client.objects.create(name=f"Client {n:02}")
        site = Site.objects.create(name=f"Site {n:02}", zone="Europe/Lisbon")
        Team.objects.create(name=f"Team {n:02}", site=site)
        Skill.objects.create(name=f"Skill {n:02}")
        LeavingReason.objects.create(name=f"Reason {n:02}")
        Expectation.objects.create(
            client=client,
            starts=MONDAY,
            service_share=0.8,
            service_seconds=20,
            forecast_tolerance=0.1,
            at=NOW,
            service_definition="late-abandons",
            callback_allowed=True,
            by_name="x",
        )


def sign_ins(cast: Cast, numbers: Numbers) -> None:
    for n in numbers:
        for person in (cast.planner, cast.administrator, cast.agent):
            OpenSession.objects.create(
                user=person.user, version=1, how="passkey", strong=True, opened_at=NOW, seen_at=NOW, proved_at=NOW
            )
            ApiToken.objects.create(
                user=person.user,
                name=f"Token {n}",
                secret_hash=f"{person.key}{n}",
                begins_with="fw",
                scopes=[],
                made_at=NOW,
                expires_at=NOW + timedelta(days=90),
            )


def demand(cast: Cast, numbers: Numbers) -> None:
    world = cast.world
    for n in numbers:
        queue = make_demand.a_queue(world.aurora, world.north, f"Line {n:02}", skill=world.service)
        make_demand.a_past(queue, MONDAY - timedelta(days=14), 14)
        make_demand.a_version(queue, MONDAY, 14)
        Override.objects.create(
            queue=queue, start=NOW, end=NOW + HOUR, kind="factor", value=1.2, reason="mailing", by_name="x", at=NOW
        )
        SpecialDay.objects.create(queue=queue, day=MONDAY, name="Fair", by_name="x", at=NOW)
        ForecastRun.objects.create(days=7, by_name="x", at=NOW).queues.add(queue)
        HistoryUpload.objects.create(
            name=f"calls{n}.csv",
            size=1,
            sha256="0" * 64,
            system="switch",
            zone="UTC",
            by_name="x",
            at=NOW,
            changed_at=NOW,
            state="stored",
            found={},
            stored={},
        )
        DayRisk.objects.create(
            queue=queue,
            day=date.today() + timedelta(days=1),
            basis="required",
            probability=0.6,
            riskiest=NOW,
            short_hours=1,
            contacts=100,
            made_at=NOW,
        )
        StaffingOrder.objects.create(first_day=MONDAY, days=7, by_name="x", at=NOW).queues.add(queue)


def sources(cast: Cast, numbers: Numbers) -> None:
    world, queue = cast.world, make_demand.a_queue(cast.world.aurora, cast.world.north, f"Judged {min(numbers)}")
    for n in numbers:
        ClientForecast.objects.create(
            queue=queue,
            number=n + 1,
            grain="day",
            first_day=MONDAY,
            last_day=MONDAY,
            total=100,
            submitted_by="x",
            submitted_at=NOW,
            sha256="0" * 64,
        )
        for source in ("statistical", "client"):
            RecordDay.objects.create(
                queue=queue,
                day=MONDAY - timedelta(days=n),
                lead_days=7,
                source=source,
                expected=100,
                actual=90,
                made_at=NOW,
            )
        body = '{"queues":[],"labels":{"client":"","queues":{}},"tolerance":0.1,"lead_days":7,"whole":{}}'
        Statement.objects.create(
            client=world.aurora,
            month=date(2020 + n // 12, 1 + n % 12, 1),
            number=n + 1,
            labels={},
            body=body,
            sha256="0" * 64,
            issued_by="x",
            issued_at=NOW,
        )
        launch = Launch.objects.create(
            client=world.aurora, name=f"Launch {n}", signed_on=MONDAY, go_live=MONDAY, by_name="x", at=NOW
        )
        LaunchItem.objects.create(launch=launch, kind="queues", owner=cast.planner.user, due=MONDAY)


def rosters(cast: Cast, numbers: Numbers) -> None:
    """Everybody in North One works the week; the first call makes and publishes it."""
    week = make.a_week(cast.world.north, make.MONDAY)
    week.refresh_from_db()
    mine = list(
        Agent.objects.filter(team=cast.world.north_one, left_on=None, engagement="employee").order_by("pk")
    )
    publication = make.published(week, make.working_days(week, mine), NOW)
    for n in numbers:
        week.refresh_from_db()
        make.a_draft(week, [], NOW)
        ShiftPattern.objects.create(
            site=cast.world.north, name=f"Shift {n}", starts_from="08:00", starts_until="10:00"
        )
        Run.objects.create(week=week, problem={}, started_at=NOW, started_by="x", state="failed", ended_at=NOW)
        Edit.objects.create(
            week=week, draft=make.a_draft(week, [], NOW), verb="give", before=[], after=[], at=NOW, by_name="x"
        )
        Feed.objects.create(agent=cast.agent.agent, device=f"Phone {n}", key_hash=f"{n:064x}", made_at=NOW)
    wishes(cast, publication.week_id)


def wishes(cast: Cast, week_id: int) -> None:
    """Everybody who works has asked for something."""
    asked = set(ChangeRequest.objects.values_list("agent", flat=True))
    shifts = Shift.objects.filter(week=week_id, until=None, cancelled=False).exclude(agent__in=asked)
    for shift in shifts.order_by("agent", "day").distinct("agent"):
        request = ChangeRequest.objects.create(
            week_id=week_id,
            agent=shift.agent,
            shift_identity=shift.identity,
            shift_version=shift.version,
            kind="drop",
            turn="lead",
            due=NOW + HOUR,
            asked_at=NOW,
        )
        ChangeEntry.objects.create(request=request, what="asked", side="agent", at=NOW, by_name="x")


def daily(cast: Cast, numbers: Numbers) -> None:
    agent, lead, planner = cast.agent, cast.supervisor.user, cast.planner.user
    for n in numbers:
        for state in ("owed", "asked", "let_go"):
            owed = {"owner": lead, "due": NOW + n * HOUR} if state == "owed" else {}
            ended = {"ended_at": NOW} if state == "let_go" else {}
            Session.objects.create(
                agent=agent.agent,
                kind="training",
                minutes=30,
                reason="Course",
                state=state,
                made_at=NOW,
                **owed,
                **ended,
            )
        begins = NOW + timedelta(days=n + 1)
        Session.objects.create(
            agent=agent.agent,
            kind="training",
            minutes=30,
            reason="Course",
            state="placed",
            made_at=NOW,
            owner=lead,
            due=begins,
            period=(begins, begins + HOUR),
        )
        for owner, to in ((lead, agent.user), (planner, lead), (lead, planner)):
            Promise.objects.create(
                kind=PROMISE_KIND,
                ref_kind="offphone.session",
                ref_id=n,
                owner=owner,
                to_user=to,
                what="Time",
                due=NOW + n * HOUR,
                made_at=NOW,
                made_by="x",
                once=f"crowd:{n}:{owner.pk}:{to.pk}",
            )


def performance(cast: Cast, numbers: Numbers) -> None:
    """Twelve days of one measure of everybody in North One, and of one's own as many as there are numbers."""
    yesterday = date.today() - timedelta(days=1)
    for n in numbers:
        agents = {Agent.objects.get(number=f"C{n:03}").pk: range(12), cast.agent.agent.pk: [n]}  # type: ignore[union-attr]
        AgentDay.objects.bulk_create(
            AgentDay(
                agent_id=agent,
                day=yesterday - timedelta(days=day),
                measure="quality_score",
                value=80.0 + day % 5,
                weight=1.0,
                source="crowd",
                key=f"{day}",
                told_at=NOW,
            )
            for agent, days in agents.items()
            for day in days
        )
        for person in (cast.planner, cast.manager):
            FactFile.objects.create(user=person.user, file_name=f"figures{n}.csv", uploaded_at=NOW, rows=[])


def said(cast: Cast, numbers: Numbers) -> None:
    for n in numbers:
        topic = Topic.objects.create(name=f"Topic {n:02}", owner=cast.planner.user, second=cast.supervisor.user)
        policy = Policy.objects.create(name=f"Policy {n:02}", text="x", owner=cast.hr.user, since=MONDAY)
        for public in (False, True):
            saying = Saying.objects.create(
                kind="idea",
                topic=topic,
                policy=policy,
                text="x",
                public=public,
                author=cast.agent.user,
                owner=cast.planner.user,
                said_on=MONDAY,
                state="trial" if public else "received",
                due=MONDAY,
                moved_on=MONDAY,
            )
            SayingMove.objects.create(saying=saying, state="received", words="x", by=cast.planner.user, at=NOW)
        for agent, by in ((cast.agent.agent, cast.planner.user), (cast.colleague.agent, cast.agent.user)):
            Thanks.objects.create(from_user=by, agent=agent, at=NOW, day=MONDAY - timedelta(days=n))


def written(cast: Cast, numbers: Numbers) -> None:
    """Threads with replies, announcements that ask to be confirmed, pulses that are open and answered."""
    where, day = positions(cast)[0], timezone.now().date()
    for n in numbers:
        tag = Tag.objects.create(name=f"Tag {n:02}")
        for kind in ("question", "practice"):
            post = make_hub.a_post(
                where, f"Voucher {n}", kind=kind, tag=tag, replied=1, edited_at=NOW, waited_at=NOW, reported_at=NOW
            )
            make_hub.a_post(where, "Voucher", kind="reply", root=post, author=cast.colleague.user)
            PostEdit.objects.create(post=post, text="Before", by=where.user, at=NOW)
            Mention.objects.create(post=post, user=cast.colleague.user, at=NOW)
            PostReport.objects.create(post=post, by=cast.colleague.user, reason="wrong", at=NOW)
            PostReport.objects.create(post=post, by=cast.contractor.user, reason="hurts", at=NOW)
            Reuse.objects.create(post=post, user=cast.colleague.user, at=NOW)
        for by in (cast.supervisor, cast.planner, cast.manager):
            news = make_hub.an_announcement(where, f"Voucher {n}", by=by.user, confirm_by=day)
            for reader in (cast.agent, cast.hr):
                Receipt.objects.create(announcement=news, user=reader.user)
        pulse = make_hub.a_pulse(where, by=cast.manager.user, closed_at=NOW, state="closed")
        PulseAsked.objects.create(pulse=pulse, user=cast.colleague.user)
        PulseResult.objects.create(pulse=pulse, group="all", question="skill", agree=3, answered=9)
        make_hub.a_pulse(where, by=cast.hr.user, state="open", closes_on=day, answer_by=day)


def reviews(cast: Cast, numbers: Numbers) -> None:
    """Forms, conversations of a team, their reviews, some to do and some shown, and plans with what they drew."""
    where = positions(cast)[0]
    for n in numbers:
        Form.objects.create(name=f"Form {n}")
        plan = make_quality.a_sample_plan(where, f"Plan {n}")
        for leader in (cast.supervisor, cast.quality_analyst, cast.manager):
            make_quality.a_voter(replace(where, user=leader.user), f"Weighed {n} {leader.key}")
        for state in ("drawn", "released"):
            shown = (
                {"released_at": NOW, "scored_at": NOW, "state": state} if state == "released" else {"state": state}
            )
            review = make_quality.a_review(cast.world, where, f"{state}{n}", **shown)
            first = SamplePlan.objects.earliest("pk") if state == "drawn" else plan
            wanted = NOW - timedelta(days=n) - HOUR * (state == "released")
            SampleDraw.objects.create(
                plan=first, agent=where.agent, part=n, wanted_at=wanted, tried_at=NOW, review=review
            )


def judged(cast: Cast, numbers: Numbers) -> None:
    """Evaluators with what they give, calibrations with scores and readings, phrases with spots."""
    where, fit = positions(cast)[0], make_quality.a_fit()
    spoken = make_quality.a_review(cast.world, where, f"spoken{min(numbers)}").conversation
    for n in numbers:
        judge = User.objects.create(email=f"judge{n}@example.org", name=f"Judge {n:02}", password="!")
        given = RaterEffect.objects.create(
            fit=fit, evaluator=judge, evaluations=30, points=1.0, low=-1.0, high=3.0
        )
        given.teams.add(cast.world.north_one)
        found = make_quality.a_calibration(cast.world, where, f"calibration{n}")
        for user in (judge, cast.quality_analyst.user):
            CalibrationScore.objects.create(
                calibration=found, participant=user, answers={"greet": "yes"}, scored_at=NOW, score=100.0,
                all_points=100.0,
            )  # fmt: skip
        Reading.objects.create(
            calibration=found, form=found.form_version.form, item_key="greet", text="So.", at=NOW
        )
        phrase = Phrase.objects.create(text=f"phrase {n}", said_by="agent", owner_topic="process", made_at=NOW)
        Spot.objects.create(conversation=spoken, phrase=phrase, turn=0)


def coached(cast: Cast, numbers: Numbers) -> None:
    """Everybody of the crowd was spoken to and given feedback, and it was measured."""
    for n in numbers:
        agent, by = Agent.objects.get(number=f"C{n:03}"), cast.supervisor.user
        behaviour = Behaviour.objects.create(name=f"Behaviour {n:02}", side="positive", first="x")
        for place, to in enumerate((agent, cast.agent.agent)):
            Feedback.objects.create(
                agent=to, author=by, kind="positive", behaviour=behaviour, words="x", at=NOW + n * HOUR
            )
            Touch.objects.create(
                agent=to, by=by, kind="feedback", behaviour=behaviour, tone="positive", at=NOW, once=f"{n}-{place}"
            )
        for lead, begins in ((cast.supervisor.user, None), (cast.quality_analyst.user, NOW)):
            group = GroupSession.objects.create(
                title=f"Group {n:02}", topic="x", lead=lead, minutes=45, due=NOW, begins=begins, made_at=NOW
            )
            for member in (agent, cast.agent.agent):
                GroupMember.objects.create(group=group, agent=member)
        held = GroupSession.objects.create(
            title="Held",
            topic="x",
            lead=cast.planner.user,
            minutes=45,
            due=NOW,
            made_at=NOW,
            held_at=NOW,
            state="held",
            sheets_until=timezone.now() + timedelta(days=n + 1),
        )
        GroupMember.objects.create(group=held, agent=cast.agent.agent, came=True)
        for site in (None, cast.world.north):
            Effect.objects.create(site=site, first_day=MONDAY, last_day=MONDAY, ordered_at=NOW, ordered_by="x")


def between_two(cast: Cast, numbers: Numbers) -> None:
    """Talks of the agent that are over, open ones of the team, with actions, agreements and pairs."""
    agent, lead = cast.agent.agent, cast.supervisor.user
    for n in numbers:
        other = Agent.objects.get(number=f"C{n:03}")
        ended = {"state": "closed", "held_at": NOW, "ended_at": NOW, "follow_up_on": MONDAY}
        for who, more in ((agent, ended), (other, {})):
            talk = OneToOne.objects.create(agent=who, lead=lead, minutes=30, due=NOW + n * HOUR, made_at=NOW)
            Note.objects.create(talk=talk, side="agent", by=lead, words="x", at=NOW)
            AgendaItem.objects.create(
                talk=talk, kind="parked", words="x", by=lead, at=NOW, looked_up_by=lead, look_up_until=NOW,
                outcome="open",
            )  # fmt: skip
            days = {"due": MONDAY, "follow_up_on": MONDAY, "agreed_by_agent_at": NOW, "agreed_by_lead_at": NOW}
            Action.objects.create(talk=talk, agent=who, lead=lead, what="x", target="x", **days)
            OneToOne.objects.filter(pk=talk.pk).update(**more)
            state = "ended" if more else "draft"
            Agreement.objects.create(
                agent=who, lead=lead, number=n + 1, state=state, made_at=NOW, ended_at=NOW if more else None
            )
        pair = PeerPair.objects.create(
            kind="buddy", helper=other, learner=agent, about="x", first_day=MONDAY, last_day=MONDAY,
            proposed_by=lead, proposed_at=NOW,
        )  # fmt: skip
        PeerMeeting.objects.create(pair=pair, minutes=30, state="held", made_at=NOW, held_at=NOW)


def practised(cast: Cast, numbers: Numbers) -> None:
    """Scenarios in force and drafts, with moments and plays; lines and handbooks of the bank."""
    for n in numbers:
        version = make_learning.a_version(cast.trainer.user, f"Played {n:02}")
        make_learning.a_version(cast.trainer.user, f"Draft {n:02}", state="draft")
        TriggerMoment.objects.create(
            version=version, node="late", line="Late!", text=f"waited {n}", controllable=bool(n % 2), minutes=5
        )
        Play.objects.create(
            version=version, agent=cast.agent.agent, state="finished", began_at=NOW, finished_at=NOW
        )
        CustomerLine.objects.create(text=f"Where is parcel {n}?", reason="late", source="x")
        Handbook.objects.create(name=f"Handbook {n:02}", drafts={}, by_name="x", at=NOW)


def playing(cast: Cast, numbers: Numbers) -> None:
    """Seasons that were, who joined the one that runs, contests and questions about them."""
    world = cast.world
    spans = {"starts_at": NOW - 60 * DAY, "ends_at": NOW + 300 * DAY}
    running, _new = Season.objects.get_or_create(
        state="running", defaults={"first_day": MONDAY, "last_day": MONDAY + 300 * DAY, **spans}
    )
    for n in numbers:
        agent = Agent.objects.get(number=f"C{n:03}")
        past = Season.objects.create(first_day=MONDAY, last_day=MONDAY, state="ended", **spans)
        for who in (agent, cast.agent.agent):
            SeasonMember.objects.get_or_create(
                season=running, agent=who, defaults={"joined_at": NOW, "band": "year", "points": n}
            )
            Title.objects.create(season=past, agent=who, kind="first", division=1, points=n)
        contest = Contest.objects.create(
            name=f"Contest {n}", words="x", site=world.north, measure="handling_seconds", pair="quality_score",
            first_day=MONDAY, last_day=MONDAY + 30 * DAY, state="ended", made_at=NOW, ended_at=NOW,
        )  # fmt: skip
        ContestEntry.objects.create(
            contest=contest, agent=cast.agent.agent, team=world.north_one, joined_at=NOW,
            mean=300, target=290, pair_mean=80, floor=75,
        )  # fmt: skip
        facts = {"inside": 9, "given": 10, "received": 9, "expected": 1.0, "by_chance": 0.01, "false_alarm": 0.05}
        finding = Finding.objects.create(
            kind="ring", site=world.north, asked=cast.manager.user, facts=facts, at=NOW, due=NOW, once=f"crowd{n}"
        )
        finding.people.add(agent)


def kernel(cast: Cast, numbers: Numbers) -> None:
    for n in numbers:
        about = Session.objects.create(  # each its own: of several notices about one thing a list shows one
            agent=cast.agent.agent, kind="training", minutes=30, reason="Course", state="let_go", made_at=NOW,
            ended_at=NOW,
        )  # fmt: skip
        for person in (cast.agent, cast.planner):
            Notice.objects.create(
                to_user=person.user.pk,
                kind=MOVED,
                ref_kind="offphone.session",
                ref_id=about.pk,
                once=f"crowd:{n}",
                at=NOW,
            )
        Job.objects.create(
            kind="demand.forecast",
            ref_kind="demand.run",
            ref_id=n,
            title=f"Forecast {n}",
            started_by_kind="user",
            started_by_id=cast.planner.user.pk,
            started_by_user=cast.planner.user.pk,
            started_by_name="Planner",
            created_at=NOW,
            state="done",
            ended_at=NOW,
        )
        for by in (cast.planner.actor, cast.agent.actor):
            audit.record(by=by, verb="schedules.publish", about=("schedules.publication", n), at=NOW)


def duels(cast: Cast, numbers: Numbers) -> None:
    """Matches of the agent in each state, team matches of the trainer's site, and questions about votes."""
    assert cast.agent.agent is not None and cast.stranger.agent is not None
    for agent in (cast.agent.agent, cast.stranger.agent):
        ArenaMember.objects.get_or_create(agent=agent, defaults={"joined_at": NOW})
    soon = timezone.now() + timedelta(days=2)
    for n in numbers:
        version = make_learning.a_version(cast.trainer.user, f"Duel {n:02}")
        for state in ("decided", "invited"):
            over = {"winner": 1, "ended_at": NOW} if state == "decided" else {}
            match = Match.objects.create(
                version=version, state=state, made_by=cast.agent.user, made_at=NOW, until=soon, **over
            )
            for side, agent in ((1, cast.agent.agent), (2, cast.stranger.agent)):
                play = Play.objects.create(
                    version=version, agent=agent, purpose="match", state="finished", began_at=NOW, finished_at=NOW
                )
                match.seats.create(
                    agent=agent, side=side, accepted_at=NOW, play=play if state == "decided" else None
                )
        teams = Match.objects.create(
            version=version, kind="teams", made_by=cast.trainer.user, made_at=NOW, until=soon
        )
        teams.seats.create(agent=cast.agent.agent, accepted_at=NOW)
        other = Agent.objects.create(
            name=f"Votes {n:02}", number=f"V{n:03}", team=cast.world.north_one, started_on=STARTED
        )
        VoteQuestion.objects.create(
            first=cast.agent.agent, second=other, first_day=date(2026, 1, 1), given_first=8, given_second=7,
            cast_first=8, cast_second=8, expected_first=2.5, expected_second=3.1, pairs=40, asked_at=NOW, due=soon,
        )  # fmt: skip


def activities(cast: Cast, numbers: Numbers) -> None:
    """Activities the agent takes part in and the trainer leads, open and closed, with questions in their boxes."""
    assert cast.agent.agent is not None
    for n in numbers:
        for state in ("open", "closed"):
            over = {"state": "closed", "closed_at": NOW} if state == "closed" else {}
            found = make_learning.an_activity(
                cast.trainer.user, [cast.agent.agent, Agent.objects.get(number=f"C{n:03}")],
                title=f"Round {n:02}", once=f"crowd:{n}:{state}", **over,
            )  # fmt: skip
            BoxQuestion.objects.create(activity=found, words="Why?")
            BoxQuestion.objects.create(activity=found, words="Why not?", answer="So.", answered_at=NOW)
        make_learning.an_exercise(cast.trainer.user, f"Exercise {n:02}")


ROOMS: tuple[Callable[[Cast, Numbers], None], ...] = (
    people,
    places,
    sign_ins,
    demand,
    sources,
    rosters,
    daily,
    reviews,
    judged,
    performance,
    said,
    written,
    coached,
    between_two,
    practised,
    duels,
    activities,
    playing,
    kernel,
)


def crowd(cast: Cast, first: int, last: int) -> None:
    """Rows ``first`` until just before ``last`` of every room, lowest room first."""
    for room in ROOMS:
        room(cast, range(first, last))
