"""Working agreements: both name, both agree, and each says blind how the other held it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import Agreement, AgreementReview, Verdict
from floorwalker.apps.coaching.rules import agreements as rules
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.models import Notice
from floorwalker.kernel.notices import reading
from tests.apps.coaching import talking
from tests.people import NOW, Cast, make_cast
from tests.racing import at_once, clean

SECRET = "In March zqheldqz nobody answered."


def named(cast, who=None):
    """A draft in which both have named one thing."""
    agent = who or cast.agent
    found = services.begin_agreement(agent_id=agent.agent.pk, by=cast.supervisor.actor, at=NOW)
    for person, words in ((cast.supervisor, "Answer in a day."), (agent, "Say early when I am late.")):
        services.add_agreement_item(agreement_id=found.pk, words=words, by=person.actor, at=NOW)
    found.refresh_from_db()
    return found


def agree(found, person, version=None):
    wanted = found.version if version is None else version
    return services.agree_agreement(agreement_id=found.pk, version=wanted, by=person.actor, at=NOW)


def in_force(cast, who=None):
    found = named(cast, who)
    agree(found, cast.supervisor)
    return agree(found, who or cast.agent)


def reviewed(cast, who=None):
    """The open review of a quarter later."""
    in_force(cast, who)
    services.open_agreement_reviews(NOW + timedelta(days=92))
    return AgreementReview.objects.get()


def say(cast, review, person, held="met", example=SECRET):
    said = {each.pk: (held, example) for each in queries.items_to_judge(person.actor, review)}
    return services.say_how_held(agreement_review_id=review.pk, said=said, by=person.actor, at=NOW)


def test_both_name_and_both_agree(cast):
    """On the pages: begun by the lead, each side adds its own, a tap each, and it is in force."""
    lead, agent = cast.client(cast.supervisor), cast.client(cast.agent)
    answer = lead.post("/coaching/agreements/begin/", {"agent": cast.agent.agent.pk})
    found = Agreement.objects.get()
    assert answer.status_code == 302
    assert lead.post(f"/coaching/agreements/{found.pk}/add/", {"words": "Answer in a day."}).status_code == 302
    agent.post(f"/coaching/agreements/{found.pk}/add/", {"words": "Say early when I am late."})
    found.refresh_from_db()
    for browser in (lead, agent):
        browser.post(f"/coaching/agreements/{found.pk}/agree/", {"version": found.version})
    found.refresh_from_db()
    assert (found.state, found.review_due) == ("in_force", rules.review_day(found.in_force_from))
    with pytest.raises(services.AgreementStays):
        services.add_agreement_item(agreement_id=found.pk, words="More.", by=cast.agent.actor, at=NOW)


def test_it_is_two_sided(cast):
    """Nobody agrees to a list of one side."""
    found = services.begin_agreement(agent_id=cast.agent.agent.pk, by=cast.supervisor.actor, at=NOW)
    item = services.add_agreement_item(agreement_id=found.pk, words="Be kind.", by=cast.supervisor.actor, at=NOW)
    found.refresh_from_db()
    with pytest.raises(services.OneSided):
        agree(found, cast.supervisor)
    with pytest.raises(services.OwnSideOnly):
        services.drop_agreement_item(agreement_item_id=item.pk, by=cast.agent.actor, at=NOW)


def test_other_words_ask_again(cast):
    """Whoever had agreed had agreed to something else; a tap on the old words is refused."""
    found = named(cast)
    before = found.version
    agree(found, cast.supervisor)
    services.add_agreement_item(agreement_id=found.pk, words="Keep breaks.", by=cast.agent.actor, at=NOW)
    found.refresh_from_db()
    assert found.agreed_by_lead_at is None
    with pytest.raises(Stale):
        agree(found, cast.agent, before)


def test_a_new_version_replaces_the_old(cast):
    """It begins with what is in force, which stays so until both agree."""
    old = in_force(cast)
    new = services.begin_agreement(by=cast.agent.actor, at=NOW)
    assert (new.number, new.items.count()) == (2, 2)
    assert Agreement.objects.get(pk=old.pk).state == "in_force"
    for person in (cast.agent, cast.supervisor):
        agree(new, person)
    old.refresh_from_db()
    assert old.state == "replaced"


def test_once_a_quarter_both_say_blind(cast):
    """Promised both ways, told to both; neither reads the other before both have said theirs."""
    review = reviewed(cast)
    promises = Promise.objects.filter(kind=services.AGREEMENT_REVIEW_KIND)
    assert {each.owner for each in promises} == {cast.agent.user, cast.supervisor.user}
    item = queries.items_to_judge(cast.agent.actor, review)[0]
    page = cast.client(cast.agent).post(
        f"/coaching/agreements/reviews/{review.pk}/",
        {f"held_{item.pk}": "not", f"example_{item.pk}": SECRET},
    )
    assert page.status_code == 302, page.content
    address = f"/coaching/agreements/reviews/{review.pk}/"
    assert SECRET not in cast.client(cast.supervisor).get(address).content.decode()
    assert not queries.visible_verdicts(cast.supervisor.actor).exists()
    say(cast, review, cast.supervisor)
    assert cast.client(cast.supervisor).get(address).content.decode().count(SECRET) == 2
    assert not promises.filter(state="open").exists()
    with pytest.raises(services.AgreementSaid):
        say(cast, review, cast.agent)


def test_without_the_blind_the_first_word_would_lead_the_second(cast):
    """The naive twin: all verdicts of the two, whatever the state – there the lead reads the agent's first."""
    review = reviewed(cast)
    say(cast, review, cast.agent, held="not")
    naive = Verdict.objects.filter(review__agreement__lead=cast.supervisor.user)
    assert naive.exists() and not queries.visible_verdicts(cast.supervisor.actor).exists()


def test_every_item_needs_an_example(cast):
    """The refusal names what is missing."""
    review = reviewed(cast)
    with pytest.raises(services.VerdictMissing, match="Answer in a day"):
        say(cast, review, cast.agent, example=" ")


def test_who_is_late_is_told(cast):
    """Only the side that has not said theirs, once."""
    review = reviewed(cast)
    say(cast, review, cast.agent)
    late = review.due + timedelta(days=1)
    for _again in range(2):
        services.open_agreement_reviews(late)
    told = Notice.objects.filter(once__endswith=":late")
    assert [each.to_user for each in told] == [cast.supervisor.user.pk]
    assert "Say how Agent held" in reading.in_words(told.get(), cast.supervisor.actor).text


def test_what_was_not_held_is_known_in_the_next_talk(cast):
    """As evidence for whoever holds it, on either side."""
    review = reviewed(cast)
    say(cast, review, cast.agent, held="not")
    say(cast, review, cast.supervisor)
    AgreementReview.objects.update(ended_at=timezone.now())
    talk = talking.planned(cast)
    found = queries.evidence_for(cast.supervisor.actor, talk, timezone.now())
    assert [each.words for each in found if each.source == "agreement"] == [
        "Agreed, and not held: Answer in a day."
    ]


def test_a_contractor_owes_no_word(cast):
    """They may agree and say; only the lead has promised."""
    review = reviewed(cast, cast.contractor)
    promised = Promise.objects.filter(kind=services.AGREEMENT_REVIEW_KIND)
    assert [each.owner for each in promised] == [cast.supervisor.user]
    say(cast, review, cast.contractor)


def test_the_two_read_it_and_nobody_else(cast):
    """By page, API, search and notice."""
    review = reviewed(cast)
    for person in (cast.agent, cast.supervisor):
        say(cast, review, person)
    for person in cast.everybody:
        if person.key in ("agent", "supervisor", "token"):
            continue
        browser = cast.client(person)
        for address in (
            f"/coaching/agreements/{review.agreement_id}/",
            f"/coaching/agreements/reviews/{review.pk}/",
            "/coaching/agreements/",
            f"/api/v1/agreements/{review.agreement_id}/items",
            f"/api/v1/agreements/reviews/{review.pk}/verdicts",
            talking.searching("zqheldqz"),
            "/notices/",
        ):
            answer = browser.get(address, follow=True)
            assert answer.status_code == 200 or "?q=" not in address, person.key
            text = answer.content.decode()
            shown = talking.without_echo(text, "zqheldqz")
            assert "zqheldqz" not in shown and "Answer in a day" not in shown, (person.key, address)


def test_it_ends_with_whom_it_was_agreed(cast):
    """Another lead reads nothing of it; open reviews are withdrawn, not broken."""
    review = reviewed(cast)
    cast.agent.agent.team = cast.world.north_two
    cast.agent.agent.save()
    assert services.follow_leads(at=NOW) == 1
    review.refresh_from_db()
    assert review.state == "dropped"
    assert Agreement.objects.get().state == "ended"
    with pytest.raises(NotFound):
        queries.the_agreement(cast.other_supervisor.actor, review.agreement_id)
    promised = Promise.objects.filter(kind=services.AGREEMENT_REVIEW_KIND)
    assert set(promised.values_list("state", flat=True)) == {"withdrawn"}


@pytest.fixture
def crew(transactional_db: None) -> Cast:
    return make_cast()


@pytest.mark.django_db(transaction=True)
def test_both_agree_at_once(crew):
    """Two taps at one moment: in force, once, with both their times."""
    found = named(crew)
    done, refused = clean(at_once(lambda: agree(found, crew.agent), lambda: agree(found, crew.supervisor)))
    assert (len(done), refused) == (2, [])
    found.refresh_from_db()
    assert found.state == "in_force" and found.agreed_by_agent_at and found.agreed_by_lead_at


@pytest.mark.django_db(transaction=True)
def test_the_naive_way_loses_one_of_them(crew):
    """Each reads, marks its own side and writes the row back: one yes hides the other, for ever a draft."""
    found = named(crew)

    def naive(side: str) -> None:
        mine = Agreement.objects.get(pk=found.pk)
        setattr(mine, f"agreed_by_{side}_at", NOW)
        if mine.agreed_by_agent_at and mine.agreed_by_lead_at:
            mine.state = "in_force"
        waited.wait(timeout=30)
        mine.save()

    waited = threading.Barrier(2)
    at_once(lambda: naive("agent"), lambda: naive("lead"))
    found.refresh_from_db()
    assert found.state == "draft" and not (found.agreed_by_agent_at and found.agreed_by_lead_at)
