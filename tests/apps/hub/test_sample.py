"""What the people of a sample say."""

from __future__ import annotations

from django.utils import timezone

from floorwalker.apps.hub.models import Announcement, Post, Pulse, PulseResult, PulseSheet, Saying
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition.models import Thanks
from floorwalker.project.sample import hub, sayings
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


def test_a_sample_holds_weeks_of_posts_one_open_question_and_a_pulse_with_its_answer(cast: Cast) -> None:
    """And an announcement to confirm; brought once."""
    crowds.people(cast, range(6))
    hub.bring(timezone.now())
    assert hub.is_there()
    assert Post.objects.filter(kind="question", accepted=None).count() == 1
    assert Post.objects.filter(kind="practice", reused__gt=0).count() >= 3
    assert Post.objects.exclude(credit=None).exclude(credit__user=None).exists()
    assert Announcement.objects.filter(confirm_by__isnull=False).count() == 1
    assert (Pulse.objects.get().state, PulseSheet.objects.count()) == ("answered", 0)
    assert PulseResult.objects.filter(group="all").count() == 4
    before = Post.objects.count()
    hub.bring(timezone.now())
    assert (Post.objects.count(), Pulse.objects.count()) == (before, 1)
