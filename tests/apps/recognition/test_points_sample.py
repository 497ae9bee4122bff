"""What the people of a sample earn and wish for."""

from __future__ import annotations

from django.utils import timezone

from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import Entry, FunDay, Incentive, Redemption, Reward
from floorwalker.project.sample import rewarding
from tests.conformance import crowds
from tests.people import Cast


def test_a_sample_holds_months_of_points_one_incentive_and_one_reward_on_its_way(cast: Cast) -> None:
    """For each home something to do, in few rows; brought once."""
    crowds.people(cast, range(5))
    rewarding.bring(timezone.now())
    assert rewarding.is_there()
    assert Entry.objects.count() < 80
    assert (timezone.now() - Entry.objects.earliest("at").at).days > 60
    assert [each.state for each in Incentive.objects.all()] == ["running"]
    assert sorted(each.state for each in Redemption.objects.all()) == ["asked", "delivered"]
    assert set(Reward.objects.values_list("state", flat=True)) == {"wished", "offered"}
    assert FunDay.objects.count() == 1
    assert Promise.objects.filter(kind__startswith="recognition.", state="open").count() == 2
    assert queries.drifted() == []
