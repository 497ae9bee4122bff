"""What the people of a sample say."""

from __future__ import annotations

from django.utils import timezone

from floorwalker.apps.hub.models import Saying
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition.models import Thanks
from floorwalker.project.sample import sayings
from tests.conformance import crowds
from tests.people import Cast


def test_a_sample_holds_one_saying_in_each_state(cast: Cast) -> None:
    """And thanks of each kind, a saying without a name, and promises kept and open; brought once."""
    crowds.people(cast, range(5))
    sayings.bring(timezone.now())
    assert sayings.is_there()
    assert set(Saying.objects.values_list("state", flat=True)) == set(Saying.State.values)
    assert Saying.objects.filter(anonymous=True, delivered=True, author=None).count() == 1
    assert set(Thanks.objects.values_list("kind", flat=True)) == set(Thanks.Kind.values)
    assert {"open", "kept"} <= set(Promise.objects.values_list("state", flat=True))
