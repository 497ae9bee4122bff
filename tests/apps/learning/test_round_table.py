"""Round tables: tips with names for the table alone, consent that is the author's, and what others will try."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.learning import services
from floorwalker.apps.learning.models import Tip, TipTry
from floorwalker.apps.learning.rules import round_table as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry
from tests.apps.learning.tables import begun, closed, led_on, main, said
from tests.people import NOW, Cast


def test_what_may_be_done_when() -> None:
    """Written while tips are asked for, tried afterwards, shared once with a yes."""
    assert rules.may_write("open", "tips") and not rules.may_write("open", "try")
    assert not rules.may_write("closed", "tips")
    assert rules.may_try("open", "try", own=False) and not rules.may_try("open", "try", own=True)
    assert rules.may_share("closed", consented=True, shared=False)
    assert not rules.may_share("open", consented=False, shared=False)
    assert not rules.may_share("called_off", consented=True, shared=False)


def test_a_tip_is_read_by_the_table_with_its_name_and_by_nobody_else(cast: Cast) -> None:
    """On the page and through the API; a colleague of the same team who was not asked does not find it."""
    table = begun(cast, "round_table")
    form = {"text": "I write the next step down", "consent": ""}
    answer = cast.client(cast.agent).post(f"/arena/activities/{table.pk}/tips/", form)
    assert answer.status_code == 302
    for person in (cast.colleague, cast.supervisor):
        found = main(cast.client(person), f"/arena/activities/{table.pk}/")
        assert "I write the next step down" in found and cast.agent.user.name in found
    listed = cast.client(cast.colleague).get(f"/api/v1/activities/{table.pk}/tips").json()["items"]
    assert [(each["author_id"], each["tried_by"]) for each in listed] == [(cast.agent.agent.pk, 0)]  # type: ignore[union-attr]
    for person in (cast.contractor, cast.manager, cast.trainer):
        assert cast.client(person).get(f"/arena/activities/{table.pk}/").status_code == 404
        assert cast.client(person).get(f"/api/v1/activities/{table.pk}/tips").status_code == 404


def test_bad_tips_are_refused_in_words_and_a_second_tap_changes_nothing(cast: Cast) -> None:
    """No words, too many, an eleventh; the lead writes none; the same words again are the same tip."""
    table = begun(cast, "round_table")
    for text in ("  ", "x" * 601):
        with pytest.raises(services.TipWithoutWords):
            said(table, cast.agent, text)
    with pytest.raises(services.NotInThisActivity):
        said(table, cast.supervisor)
    assert said(table, cast.agent).pk == said(table, cast.agent, " I say their name ").pk
    for n in range(9):
        said(table, cast.agent, f"Tip {n}")
    with pytest.raises(services.EnoughTips, match="10 tips"):
        said(table, cast.agent, "One more")
    answer = cast.client(cast.agent).post(f"/arena/activities/{table.pk}/tips/", {"text": ""})
    assert answer.status_code == 422


def test_words_typed_while_the_table_went_on_are_not_lost(cast: Cast) -> None:
    """The page says so and keeps them to be copied."""
    table = led_on(cast, begun(cast, "round_table"))
    answer = cast.client(cast.agent).post(f"/arena/activities/{table.pk}/tips/", {"text": "Too late but good"})
    assert answer.status_code == 422
    assert "Too late but good" in answer.content.decode()
    assert not Tip.objects.exists()


def test_only_its_author_says_that_a_tip_may_be_shared(cast: Cast) -> None:
    """Also after the table is closed; neither the lead nor another of the table can."""
    table = begun(cast, "round_table")
    tip = said(table, cast.agent)
    assert tip.consented_at is None
    for person in (cast.supervisor, cast.colleague):
        with pytest.raises(services.NotYourTip):
            services.consent_to_share(tip_id=tip.pk, yes=True, by=person.actor, at=NOW)
    with pytest.raises(NotFound):
        services.consent_to_share(tip_id=tip.pk, yes=True, by=cast.contractor.actor, at=NOW)
    closed(cast, table)
    cast.client(cast.agent).post(f"/arena/tips/{tip.pk}/consent/", {"yes": "1"})
    tip.refresh_from_db()
    assert tip.consented_at is not None
    verbs = Entry.objects.filter(verb="learning.allow_tip")
    assert verbs.count() == 1


def test_a_tip_is_shared_once_and_then_stands_as_it_is(cast: Cast) -> None:
    """Refused without a yes, also by the database; after it neither consent nor tip is taken back."""
    table = begun(cast, "round_table")
    tip = said(table, cast.agent)
    with pytest.raises(services.TipNotToShare, match=cast.agent.user.name):
        services.tip_to_share(tip_id=tip.pk, by=cast.supervisor.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tip.objects.filter(pk=tip.pk).update(shared_at=NOW, shared_as=1)
    services.consent_to_share(tip_id=tip.pk, yes=True, by=cast.agent.actor, at=NOW)
    with pytest.raises(services.OnlyItsLead):
        services.tip_to_share(tip_id=tip.pk, by=_lead_elsewhere(cast))
    for ref in (7, 8):
        services.tip_was_shared(tip_id=tip.pk, ref=ref, by=cast.supervisor.actor, at=NOW)
    tip.refresh_from_db()
    assert tip.shared_as == 7
    with pytest.raises(services.TipLeftTheTable):
        services.consent_to_share(tip_id=tip.pk, yes=False, by=cast.agent.actor, at=NOW)
    with pytest.raises(services.TipLeftTheTable):
        services.take_tip_back(tip_id=tip.pk, by=cast.agent.actor, at=NOW)


def test_who_will_try_what_is_counted_once_each_and_named_to_nobody(cast: Cast) -> None:
    """Not one's own, not before the table comes to it; taken back it counts no more, and no audit keeps it."""
    table = begun(cast, "round_table", (cast.agent, cast.colleague, cast.contractor))
    mine, other = said(table, cast.agent), said(table, cast.colleague, "I ask what they tried")
    with pytest.raises(services.ActivityElsewhere):
        services.try_tip(tip_id=mine.pk, yes=True, by=cast.colleague.actor, at=NOW)
    led_on(cast, table)
    browser = cast.client(cast.colleague)
    before = Entry.objects.count()
    for _twice in range(2):
        browser.post(f"/arena/tips/{mine.pk}/try/", {"yes": "1"})
    services.try_tip(tip_id=mine.pk, yes=True, by=cast.contractor.actor, at=NOW)
    assert TipTry.objects.count() == 2 and Entry.objects.count() == before
    with pytest.raises(services.YourOwnTip):
        services.try_tip(tip_id=mine.pk, yes=True, by=cast.agent.actor, at=NOW)
    found = main(cast.client(cast.supervisor), f"/arena/activities/{table.pk}/")
    assert "2 will try it" in found and found.index(mine.text) < found.index(other.text)
    address = f"/api/v1/tips/{mine.pk}/try"
    answer = browser.put(address, {"yes": False}, content_type="application/json").json()
    assert (answer["tried_by"], answer["tried"]) == (1, False)


def test_its_author_takes_a_tip_back_and_chooses_what_it_is_about(cast: Cast) -> None:
    """Of the topics of this table only."""
    table, elsewhere = begun(cast, "round_table"), begun(cast, "round_table", once="test:2")
    for each, name in ((table, "Fibre"), (elsewhere, "Mobile")):
        services.name_topics(activity_id=each.pk, topics=[(11, name)])
    topic, other = table.topics.get(), elsewhere.topics.get()
    tip = said(table, cast.agent, topic_id=topic.pk)
    with pytest.raises(NotFound):
        said(table, cast.agent, "Another", topic_id=other.pk)
    page = main(cast.client(cast.agent), f"/arena/activities/{table.pk}/")
    assert "Fibre" in page and "Mobile" not in page
    with pytest.raises(services.NotYourTip):
        services.take_tip_back(tip_id=tip.pk, by=cast.colleague.actor, at=NOW)
    cast.client(cast.agent).post(f"/arena/tips/{tip.pk}/take-back/")
    assert not Tip.objects.exists()


def _lead_elsewhere(cast: Cast) -> Actor:
    """Somebody of the table who leads groups too, but not this one."""
    RoleHeld.objects.create(
        user=cast.colleague.user, role="supervisor", scope="team", scope_id=cast.world.north_one.pk,
        given_at=NOW, given_by="x",
    )  # fmt: skip
    return cast.colleague.actor
