"""The sample brings feedback, visits, talks of one and of many and thanks, by the services."""

from datetime import date

from django.utils import timezone

from floorwalker.apps.coaching.models import Feedback, FeedbackReply, GroupSession, OneToOne, ReturnSheet, Touch
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition.models import Thanks
from floorwalker.project.sample import coaching
from tests.apps.accounts.cases import make_user


def test_the_sample_has_every_kind_and_state(cast):
    """Feedback of both kinds with each evidence, a group session in each state, one-to-ones on their way."""
    for n in range(8):
        user = make_user(f"more{n}@example.org")
        Agent.objects.create(
            user=user, name=f"More {n}", number=f"M{n}", team=cast.world.north_one, started_on=date(2024, 1, 1)
        )
    assert not coaching.is_there()
    coaching.bring(timezone.now())
    assert coaching.is_there()
    assert set(Feedback.objects.values_list("kind", flat=True)) == {"positive", "corrective"}
    assert set(Feedback.objects.values_list("evidence_kind", flat=True)) >= {"moment", "state"}
    assert FeedbackReply.objects.exists()
    assert set(GroupSession.objects.values_list("state", flat=True)) == {"planned", "held", "closed"}
    assert ReturnSheet.objects.filter(key=None).count() == 6
    assert set(OneToOne.objects.values_list("state", flat=True)) == {"planned", "prepared", "held", "closed"}
    assert Touch.objects.filter(kind="visit").count() > 40
    assert Thanks.objects.filter(kind="consistency").exists()
