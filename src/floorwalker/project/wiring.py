"""Every reaction in the suite: what follows in one domain from what happened in another.

A line reads: when this happens, for this purpose, do that. A handler is called with the event and the moment,
inside a transaction of its own; it belongs to the domain that acts, as a function of its services::

    react(ShiftsPublished, "tell the agents", schedules.tell_of_publication)

Where the domain that acts stands below the one in which it happened, and must not know its events, the values are
taken from the event here.
"""

from __future__ import annotations

from datetime import date, datetime

from floorwalker.apps.capacity import services as capacity
from floorwalker.apps.coaching import services as coaching
from floorwalker.apps.demand import services as demand
from floorwalker.apps.demand.events import ForecastChanged, ForecastMade, HistoryStored
from floorwalker.apps.hub.events import AnswerAccepted, PracticeReused
from floorwalker.apps.learning import services as learning
from floorwalker.apps.learning.events import MatchDecided, ScenarioCompleted, VoteCast
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.events import SessionMoved
from floorwalker.apps.people.events import AgentLeft, AgentMoved
from floorwalker.apps.performance import services as performance
from floorwalker.apps.performance.events import GoalMet
from floorwalker.apps.quality import queries as evaluations
from floorwalker.apps.quality import services as quality
from floorwalker.apps.quality.events import DisputeDecided, FormPutInForce, ReviewReleased
from floorwalker.apps.recognition import services as recognition
from floorwalker.apps.recognition.events import (
    ContestMet,
    FunDayCancelled,
    IncentiveAnnounced,
    IncentiveCancelled,
    PointsMoved,
    ThanksGiven,
)
from floorwalker.apps.schedules import queries as schedules
from floorwalker.apps.schedules import services as rosters
from floorwalker.apps.schedules.events import RosterPublished
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.events import react
from floorwalker.project import rights


def renew_risks(event: RosterPublished, at: datetime) -> None:
    capacity.order_for_roster(site_id=event.site_id, first_day=date.fromisoformat(event.first_day), at=at)


def renew_presence(event: RosterPublished, at: datetime) -> None:
    between, windows = schedules.phone_times(event.week_id, event.agents)
    offphone.tell_presence(agents=event.agents, between=between, windows=windows)
    offphone.reclaim(agents=event.agents, between=between, by=SYSTEM, at=at)
    offphone.owe_training_of_week(site_id=event.site_id, monday=date.fromisoformat(event.first_day), at=at)


def note_thanks(event: ThanksGiven, at: datetime) -> None:  # noqa: ARG001 - it was given at the event's own time
    coaching.note_touch(
        agent_id=event.agent_id,
        by_user_id=event.by,
        kind="thanks",
        tone="positive",
        at=datetime.fromisoformat(event.at),
        once=f"thanks:{event.thanks_id}",
        shown=event.visibility != "private",
    )


def note_review(event: ReviewReleased, at: datetime) -> None:  # noqa: ARG001 - it was shown at the event's own time
    """Who is shown an evaluation was given attention; second scores and calibrations are between evaluators."""
    if event.why in ("sample", "check_me"):
        coaching.note_touch(
            agent_id=event.agent,
            by_user_id=event.evaluator,
            kind="review" if event.why == "sample" else "check_me",
            at=datetime.fromisoformat(event.at),
            once=f"review:{event.review}",
        )


def tell_score(event: ReviewReleased | DisputeDecided, at: datetime) -> None:
    """Both tell the same: what the day's scores are now, so that it does not matter which event comes first."""
    if event.why == "sample":
        day = date.fromisoformat(event.day)
        performance.tell_quality(
            agent_id=event.agent, day=day, read=lambda: evaluations.score_of_day(event.agent, day), at=at
        )


def settle_accounts(event: FormPutInForce, at: datetime) -> None:  # noqa: ARG001 - all that waits is looked at
    demand.settle_launches(at=at)


def end_reviews(event: AgentLeft, at: datetime) -> None:
    quality.end_of_leaver(agent_id=event.agent_id, by=SYSTEM, at=at)


def follow_session(event: SessionMoved, at: datetime) -> None:
    coaching.follow_session(session_id=event.session_id, at=at)
    coaching.follow_peer_session(session_id=event.session_id, at=at)


def end_talks(event: AgentLeft, at: datetime) -> None:
    """Those who leave later are found by the daily round."""
    if event.left_on <= at.date():
        coaching.end_of_leaver(agent_id=event.agent_id, at=at)
        coaching.end_pairs_that_are_over(at)


def end_goals(event: AgentLeft, at: datetime) -> None:
    performance.end_of_leaver(agent_id=event.agent_id, at=at)


def end_minutes(event: AgentLeft, at: datetime) -> None:
    offphone.end_of_leaver(agent_id=event.agent_id, at=at)


def end_duels(event: AgentLeft, at: datetime) -> None:
    learning.end_of_leaver(agent_id=event.agent_id, at=at)


def leave_activities(event: AgentLeft, at: datetime) -> None:
    learning.leave_open_activities(agent_id=event.agent_id, at=at)


def hand_talks_over(event: AgentMoved, at: datetime) -> None:
    coaching.follow_leads(agent_id=event.agent_id, at=at)


def hand_goals_over(event: AgentMoved, at: datetime) -> None:
    performance.follow_leads(agent_id=event.agent_id, at=at)


def move_standing(event: PointsMoved, at: datetime) -> None:
    recognition.count_agent(agent_id=event.agent_id, at=at)


def leave_game(event: AgentLeft, at: datetime) -> None:
    recognition.end_of_leaver(agent_id=event.agent_id, at=at)


def earn_goal(event: GoalMet, at: datetime) -> None:
    recognition.earn_goal(goal_id=event.goal_id, agent_id=event.agent_id, best=event.best, at=at)


def earn_contest(event: ContestMet, at: datetime) -> None:
    recognition.earn_contest(contest_id=event.contest_id, agent_id=event.agent_id, at=at)


def earn_match(event: MatchDecided, at: datetime) -> None:
    won = {"fastest": event.fastest, "complete": event.most_complete, "creative": event.most_creative}
    recognition.earn_match(match_id=event.match_id, played=event.agent_ids, won=won, at=at)


def earn_vote(event: VoteCast, at: datetime) -> None:
    recognition.earn_vote(match_id=event.match_id, voter_id=event.voter_id, at=at)


def earn_answer(event: AnswerAccepted, at: datetime) -> None:
    recognition.earn_answer(answer_id=event.answer_id, author_id=event.author_id, asker_id=event.asker_id, at=at)


def earn_reuse(event: PracticeReused, at: datetime) -> None:
    recognition.earn_reuse(post_id=event.post_id, author_id=event.author_id, by_id=event.by_id, at=at)


def earn_practice(event: ScenarioCompleted, at: datetime) -> None:
    recognition.earn_practice(play_id=event.play_id, agent_id=event.agent_id, first_time=event.first_time, at=at)


def pay_for_goal(event: GoalMet, at: datetime) -> None:
    recognition.pay_incentives(
        occasion="goal", agent_ids=[event.agent_id], about=f"goal:{event.goal_id}", measure=event.measure, at=at
    )


def pay_for_practice(event: ScenarioCompleted, at: datetime) -> None:
    if event.first_time:
        about = f"practice:{event.scenario_id}"
        recognition.pay_incentives(occasion="practice", agent_ids=[event.agent_id], about=about, at=at)


def pay_for_match(event: MatchDecided, at: datetime) -> None:
    won = {*event.fastest, *event.most_complete, *event.most_creative}
    recognition.pay_incentives(occasion="match", agent_ids=won, about=f"match:{event.match_id}", at=at)


def pay_for_answer(event: AnswerAccepted, at: datetime) -> None:
    about = f"answer:{event.answer_id}"
    recognition.pay_incentives(occasion="answer", agent_ids=[event.author_id], about=about, at=at)


def pay_for_reuse(event: PracticeReused, at: datetime) -> None:
    about = f"reuse:{event.post_id}:{event.by_id}"
    recognition.pay_incentives(occasion="reuse", agent_ids=[event.author_id], about=about, at=at)


react(HistoryStored, "judge what was forecast for these days", demand.judge_after_history)
react(ForecastMade, "staff by the new forecast", capacity.follow_forecast)
react(ForecastChanged, "staff by the changed forecast", capacity.follow_change)
react(RosterPublished, "tell whose shifts have changed", rosters.tell_of_publication)
react(RosterPublished, "judge the days with the roster", renew_risks)
react(RosterPublished, "time off the phones within shifts", renew_presence)
react(AgentLeft, "end the rights of who has left", rights.end_of_whom_left)
react(FormPutInForce, "a new account may have its quality form", settle_accounts)
react(AgentLeft, "end reviews nobody is left to talk over", end_reviews)
react(SessionMoved, "one-to-ones and meetings follow their minutes", follow_session)
react(AgentLeft, "end one-to-ones nobody is left to hold", end_talks)
react(AgentLeft, "end goals and small roles nobody is left for", end_goals)
react(AgentLeft, "owe nobody minutes who has left", end_minutes)
react(AgentLeft, "end the duels of who has left", end_duels)
react(AgentLeft, "expect nobody at an activity who has left", leave_activities)
react(AgentMoved, "open talks go on with who leads now", hand_talks_over)
react(AgentMoved, "goals go on with who leads now, who owes the support", hand_goals_over)
react(AgentMoved, "begin sessions anew in the other team", rights.begin_anew_after_move)
react(ThanksGiven, "a thanks ends somebody's silence", note_thanks)
react(ReviewReleased, "an evaluation shown ends somebody's silence", note_review)
react(ReviewReleased, "the score is a figure of the agent's day", tell_score)
react(DisputeDecided, "the decided score changes the figure of the day", tell_score)
react(PointsMoved, "the season board moves", move_standing)
react(AgentLeft, "stand on no board any more", leave_game)
react(GoalMet, "a goal met earns points", earn_goal)
react(ContestMet, "an aim of a contest met earns points", earn_contest)
react(MatchDecided, "a match earns points", earn_match)
react(VoteCast, "a vote on a match earns points", earn_vote)
react(AnswerAccepted, "an accepted answer earns points", earn_answer)
react(PracticeReused, "a practice taken up earns points", earn_reuse)
react(ScenarioCompleted, "practising to the end earns points", earn_practice)
react(GoalMet, "a goal met earns what is running for it", pay_for_goal)
react(ScenarioCompleted, "a scenario completed earns what is running for it", pay_for_practice)
react(MatchDecided, "a match won earns what is running for it", pay_for_match)
react(AnswerAccepted, "an accepted answer earns what is running for it", pay_for_answer)
react(PracticeReused, "a practice taken up earns what is running for it", pay_for_reuse)
react(IncentiveAnnounced, "tell whom it is for", recognition.tell_of_incentive)
react(IncentiveCancelled, "tell whom it was for, and why", recognition.tell_of_incentive)
react(FunDayCancelled, "tell the site", recognition.tell_of_fun_day)
