"""The sample brings exercises, a quiz that is over and a ranking that is open, by the verbs people use."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Activity, Exercise
from floorwalker.apps.people.models import Agent
from floorwalker.project.sample import exercises
from tests.apps.learning.test_survival import more_people
from tests.people import Cast


def test_the_sample_has_a_ranking_to_take_part_in_and_a_quiz_to_read(cast: Cast) -> None:
    """For whom the sample signs in and for who leads them; two exercises in force and a draft."""
    at = timezone.now()
    more_people(cast, 6)
    Agent.objects.update(started_on=(at - timedelta(days=400)).date())
    exercises.bring(at)
    assert exercises.is_there()
    assert sorted(Exercise.objects.values_list("state", flat=True)) == ["draft", "in_force", "in_force"]
    assert sorted(Activity.objects.values_list("kind", "state")) == [("quiz", "closed"), ("survival", "open")]
    first = Agent.objects.filter(user__is_active=True, left_on=None).order_by("pk")[0]
    found = queries.activities_to_take_part_in(cast.agent.actor)
    assert first == cast.agent.agent and [each.kind for each in found] == ["survival"]
    assert queries.questions_waiting(found[0]) == 1 and found[0].stage == "alone"
