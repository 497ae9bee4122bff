"""The sample brings duels in each state, by the verbs people use."""

from __future__ import annotations

from django.utils import timezone

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import ArenaMember, Match
from floorwalker.project.sample import duelling, practising
from tests.apps.learning.duelling import newcomers
from tests.people import Cast


def test_the_sample_has_decided_matches_one_to_answer_and_one_to_vote_on(cast: Cast) -> None:
    """For whom the sample signs in: a duel to answer, and a pair to vote on."""
    at = timezone.now()
    newcomers(cast, 3)
    practising.bring(at)
    ArenaMember.objects.all().delete()
    assert not duelling.is_there()
    duelling.bring(at)
    assert duelling.is_there()
    states = list(Match.objects.values_list("state", flat=True))
    assert states.count("decided") >= 8 and {"invited", "voting"} <= set(states)
    assert queries.waiting_for_me(cast.agent.actor, at) and queries.ballots_waiting(cast.agent.actor, at) == 1
