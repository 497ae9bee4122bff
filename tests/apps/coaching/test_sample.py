"""The sample brings feedback, visits, talks of one and of many and thanks, by the services."""

from datetime import date

from django.utils import timezone

from floorwalker.apps.coaching.models import (
    Agreement,
    AgreementReview,
    Feedback,
    FeedbackReply,
    GroupSession,
    OneToOne,
    PeerPair,
    ReturnSheet,
    Touch,
)
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition.models import Thanks
from floorwalker.project.sample import coaching, pairing
from tests.apps.accounts.cases import make_user
from tests.people import Person


def a_team(cast):
    for n in range(8):
        user = make_user(f"more{n}@example.org")
        Agent.objects.create(
            user=user, name=f"More {n}", number=f"M{n}", team=cast.world.north_one, started_on=date(2024, 1, 1)
        )


def test_the_sample_has_every_kind_and_state(cast):
    """Feedback of both kinds with each evidence, a group session in each state, one-to-ones on their way."""
    a_team(cast)
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


def test_agreements_and_pairs_are_there_in_each_state_and_wait_for_somebody(cast):
    """Drafts, reviews open for either side and done, versions replaced; pairs asked, begun and ended."""
    assert pairing.is_there()  # where nobody leads a team there is nothing to wait for
    a_team(cast)
    assert not pairing.is_there()
    pairing.bring(timezone.now())
    assert pairing.is_there()
    assert set(Agreement.objects.values_list("state", flat=True)) == {"draft", "in_force", "replaced"}
    said = {(bool(each.agent_said_at), bool(each.lead_said_at)) for each in AgreementReview.objects.all()}
    assert said == {(True, True), (True, False), (False, True)}
    assert set(PeerPair.objects.values_list("state", flat=True)) == {"proposed", "accepted", "ended"}
    waits = {
        "To agree to: Supervisor": Agreement.objects.get(state="draft").agent,
        "Say how it was held: Supervisor": AgreementReview.objects.get(agent_said_at=None).agreement.agent,
        " may help ": PeerPair.objects.get(state="proposed", helper_yes_at__isnull=False).learner,
    }
    for words, agent in waits.items():
        assert words in cast.client(Person(agent.name, agent.user)).get("/").content.decode(), words
    assert "Say how it was held" in cast.client(cast.supervisor).get("/").content.decode()
