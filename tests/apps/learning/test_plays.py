"""Playing a scenario alone: turns, the clock, the end, and who may see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Play, Scenario, ScenarioVersion, Turn
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import AnnouncedEvent
from tests.factories.learning import a_version
from tests.people import NOW, Cast

SECOND = timedelta(seconds=1)


@pytest.fixture
def version(cast: Cast) -> ScenarioVersion:
    return a_version(cast.trainer.user)


def begun(cast: Cast, version: ScenarioVersion, **given: Any) -> Play:
    assert cast.agent.agent is not None
    return services.begin_play(
        version_id=version.pk, agent_id=cast.agent.agent.pk, by=cast.agent.actor, at=NOW, **given
    )


def answered(cast: Cast, play: Play, number: int, at: Any, **given: str) -> Play:
    return services.answer(play_id=play.pk, number=number, by=cast.agent.actor, at=at, **given)


def test_a_play_to_the_end_is_scored_and_told_once_as_the_first(cast: Cast, version: ScenarioVersion) -> None:
    """All steps met: finished, complete, timed by the server, and announced; the second time is not the first."""
    for first_time in (True, False):
        play = begun(cast, version)
        answered(cast, play, 1, NOW + 4 * SECOND, option="ask")
        play = answered(cast, play, 2, NOW + 10 * SECOND, words="Sorry – and the birthday!")
        assert (play.state, play.complete, play.outcome, play.seconds) == ("finished", True, "solved", 10.0)
        told = AnnouncedEvent.objects.latest("pk")
        assert told.name.endswith("ScenarioCompleted") and told.body["first_time"] is first_time


def test_the_time_on_the_line_is_not_the_players(cast: Cast, version: ScenarioVersion) -> None:
    """A phone that shows the line two seconds later thinks from then on; saying so late gains five at most."""
    play = begun(cast, version)
    services.shown(play_id=play.pk, number=1, by=cast.agent.actor, at=NOW + 2 * SECOND)
    services.shown(play_id=play.pk, number=1, by=cast.agent.actor, at=NOW + 3 * SECOND)
    answered(cast, play, 1, NOW + 6 * SECOND, option="ask")
    services.shown(play_id=play.pk, number=2, by=cast.agent.actor, at=NOW + 60 * SECOND)
    play = answered(cast, play, 2, NOW + 66 * SECOND, option="look")
    assert play.seconds == 4 + 55


def test_the_same_answer_twice_is_one_and_another_is_refused(cast: Cast, version: ScenarioVersion) -> None:
    """A double tap changes nothing; a second thought comes too late."""
    play = begun(cast, version)
    answered(cast, play, 1, NOW, option="ask")
    answered(cast, play, 1, NOW + SECOND, option="ask")
    assert Turn.objects.filter(play=play).count() == 2
    with pytest.raises(services.NotYourTurn):
        answered(cast, play, 1, NOW + SECOND, option="wait")


def test_going_on_after_the_end_and_answers_a_line_does_not_have_are_refused(
    cast: Cast, version: ScenarioVersion
) -> None:
    """The page says what is possible instead."""
    play = begun(cast, version)
    for given in ({"option": "none"}, {"words": "own words where none are asked"}, {"words": "  "}):
        with pytest.raises(services.AnswersOneLine):
            answered(cast, play, 1, NOW, **given)
    answered(cast, play, 1, NOW, option="wait")
    with pytest.raises(services.NotYourTurn):
        answered(cast, play, 2, NOW, option="wait")


def test_beginning_again_goes_on_with_what_is_under_way_and_a_match_is_apart(
    cast: Cast, version: ScenarioVersion
) -> None:
    """A closed tab loses nothing; a match never shares a play with practice."""
    play = begun(cast, version)
    assert begun(cast, version) == play
    assert begun(cast, version, purpose="match") != play


def test_nobody_else_sees_or_goes_on_with_a_play(cast: Cast, version: ScenarioVersion) -> None:
    """Neither a colleague nor the lead nor the trainer; and nobody begins one for somebody else."""
    play = begun(cast, version)
    for person in (cast.colleague, cast.supervisor, cast.trainer, cast.manager):
        assert not queries.visible_plays(person.actor).exists()
        with pytest.raises(NotFound):
            services.answer(play_id=play.pk, number=1, option="ask", by=person.actor, at=NOW)
    with pytest.raises(NotFound):
        services.begin_play(version_id=version.pk, agent_id=play.agent_id, by=cast.colleague.actor, at=NOW)


def test_drafts_and_retired_scenarios_are_not_played(cast: Cast, version: ScenarioVersion) -> None:
    """What is not in force is as if it were not there."""
    draft = a_version(cast.trainer.user, "Draft", state="draft")
    with pytest.raises(NotFound):
        begun(cast, draft)
    Scenario.objects.filter(pk=version.scenario_id).update(retired_at=NOW)
    with pytest.raises(NotFound):
        begun(cast, version)


def test_practice_left_for_a_day_is_given_up(cast: Cast, version: ScenarioVersion) -> None:
    """So that the next one begins at the first line; one who answered an hour ago is left alone."""
    play = begun(cast, version)
    answered(cast, play, 1, NOW + timedelta(hours=20), option="ask")
    assert services.give_up_idle(NOW + timedelta(hours=25)) == 0
    assert services.give_up_idle(NOW + timedelta(hours=45)) == 1
    assert Play.objects.get(pk=play.pk).state == "given_up"


def test_words_in_force_and_answers_given_never_change(cast: Cast, version: ScenarioVersion) -> None:
    """The database itself refuses, whoever asks."""
    play = begun(cast, version)
    answered(cast, play, 1, NOW, option="ask")
    for attempt in (
        lambda: ScenarioVersion.objects.filter(pk=version.pk).update(content={}),
        lambda: ScenarioVersion.objects.filter(pk=version.pk).update(state="draft", in_force_from=None),
        lambda: Turn.objects.filter(play=play, number=1).update(option="wait"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
