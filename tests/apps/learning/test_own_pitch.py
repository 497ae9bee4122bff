"""Would you sell to yourself: written in steps, private from everybody, shown by its author alone."""

from __future__ import annotations

import pytest

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Pitch
from floorwalker.apps.learning.rules import own_pitch as rules
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry, Notice
from tests.apps.learning.tables import CUSTOMER, OWNER, PITCH, begun, closed, colleagues, led_on, main, shown, step
from tests.people import Cast, Person

SECRETS = ("It never drops.", "You did not ask what I need.", "Too dear", "Ask first", "online at night")


def all_steps(activity, person: Person, **more) -> None:  # type: ignore[no-untyped-def]
    for name in rules.STEPS:
        step(activity, person, name, **{key: value for key, value in more.items() if key in rules.asked(name)})


def test_steps_are_written_up_to_where_the_group_is() -> None:
    """Earlier ones may be changed until the group shows; then nothing is."""
    assert rules.may_write("pitch", "open", "customer") and not rules.may_write("customer", "open", "pitch")
    assert not rules.may_write("owner", "open", "share") and not rules.may_write("pitch", "closed", "owner")
    assert rules.next_step([], "open", "owner") == "pitch"
    assert rules.next_step(["pitch"], "open", "pitch") is None
    assert rules.done_of({**PITCH, **CUSTOMER, "objection": ""}) == ["pitch", "customer"]
    assert rules.missing("customer", {"would_buy": 6, "why": " "}) == ["would_buy", "why"]


def test_a_spread_is_of_five_people_or_more_and_stands_still() -> None:
    """The same people before and after; while somebody may still answer there is none."""
    pairs = [(1, 4), (2, 4), (3, 3), (1, 5), (4, 4)]
    assert rules.spread("open", "owner", pairs) is None
    assert rules.spread("open", "share", pairs[:4]) is None
    assert rules.spread("open", "share", pairs) == ([2, 1, 1, 1, 0], [0, 0, 1, 3, 1])
    assert rules.spread("closed", "owner", pairs) is not None


def test_without_a_name_only_among_five_who_could_have_written_it() -> None:
    """Those who show theirs by name are none of them."""
    assert rules.may_show("open", "share", "unnamed", 5) and not rules.may_show("open", "share", "unnamed", 4)
    assert not rules.may_show("open", "owner", "named", 9) and rules.may_show("called_off", "share", "kept", 2)
    assert rules.unnamed_in_sight(6, 1) and not rules.unnamed_in_sight(6, 2)


def test_the_way_through_on_a_phone(cast: Cast) -> None:
    """Each step by its form, what is missing said, the next shown when the group comes to it."""
    activity = begun(cast, "own_pitch")
    browser, address = cast.client(cast.agent), f"/arena/activities/{activity.pk}/"
    wrong = browser.post(f"{address}pitch/pitch/", {"product": "Fibre", "words": ""})
    assert wrong.status_code == 422
    assert browser.post(f"{address}pitch/pitch/", PITCH).status_code == 302
    assert "Kept. The page goes on when the group does" in main(browser, address)
    early = browser.post(f"{address}pitch/customer/", CUSTOMER)
    assert early.status_code == 422 and "Too dear" in early.content.decode()  # what was typed is not lost
    led_on(cast, activity)
    page = main(browser, address)
    assert "You are the customer" in page and "It never drops." in page
    browser.post(f"{address}pitch/customer/", CUSTOMER)
    led_on(cast, activity)
    assert "The objection:" in main(browser, address)
    browser.post(f"{address}pitch/owner/", OWNER)
    assert "Change the pitch" in main(browser, address)
    assert 'value="4" ' in main(browser, f"{address}?step=owner")
    mine = Pitch.objects.get()
    assert (mine.would_buy, mine.would_buy_anew, mine.change) == (2, 4, "Ask first")
    assert browser.get(f"{address}pitch/nonsense/").status_code in (404, 405)


def test_a_step_needs_the_one_before_and_every_answer(cast: Cast) -> None:
    """Refused in words, by the service too."""
    activity = led_on(cast, begun(cast, "own_pitch"))
    with pytest.raises(services.PitchStepNotOpen):
        step(activity, cast.agent, "customer")
    with pytest.raises(services.PitchStepIncomplete, match="your pitch"):
        step(activity, cast.agent, "pitch", words=" ")
    with pytest.raises(services.PitchStepIncomplete):
        step(activity, cast.agent, "pitch", words="x" * 1001)
    step(activity, cast.agent, "pitch")
    with pytest.raises(services.PitchStepIncomplete, match="1 to 5"):
        step(activity, cast.agent, "customer", would_buy=9)
    with pytest.raises(services.PitchStepNotOpen):
        step(activity, cast.agent, "owner")
    led_on(cast, activity, 2)
    with pytest.raises(services.ActivityElsewhere):
        step(activity, cast.agent, "pitch", words="Anew")


def test_what_is_not_shown_is_read_by_nobody_but_its_author(cast: Cast) -> None:
    """Not by the group, not by the lead; on no page, in no API, in no notice and no audit – at any stage."""
    activity = led_on(cast, begun(cast, "own_pitch", (cast.agent, cast.colleague, cast.contractor)), 2)
    before = Entry.objects.count(), Notice.objects.count()
    all_steps(activity, cast.agent)
    assert (Entry.objects.count(), Notice.objects.count()) == before
    led_on(cast, activity)
    for _now in ("shared", "closed"):
        for person in (cast.supervisor, cast.colleague, cast.contractor):
            browser = cast.client(person)
            for address in (
                f"/arena/activities/{activity.pk}/",
                f"/api/v1/activities/{activity.pk}/pitches",
                "/",
                "/notices/",
            ):
                page = browser.get(address).content.decode()
                assert not [each for each in SECRETS if each in page], (person.key, address)
            assert browser.get(f"/api/v1/activities/{activity.pk}/pitches/mine").status_code == 404
        if activity.state != "closed":
            activity = closed(cast, activity)
    mine = cast.client(cast.agent).get(f"/api/v1/activities/{activity.pk}/pitches/mine").json()
    assert (mine["words"], mine["shown"]) == ("It never drops.", "kept")


def test_its_author_shows_it_with_the_name_and_takes_it_back(cast: Cast) -> None:
    """When the group has come to it, not before; also after the activity is closed. Nobody else can."""
    activity = led_on(cast, begun(cast, "own_pitch"), 2)
    all_steps(activity, cast.agent)
    with pytest.raises(services.PitchNotToShow):
        shown(activity, cast.agent, "named")
    led_on(cast, activity)
    with pytest.raises(NotFound):  # who wrote none shows none
        shown(activity, cast.colleague, "named")
    with pytest.raises(services.NotInThisActivity):
        shown(activity, cast.supervisor, "named")
    cast.client(cast.agent).post(f"/arena/activities/{activity.pk}/show/", {"how": "named"})
    for person in (cast.colleague, cast.supervisor):
        page = main(cast.client(person), f"/arena/activities/{activity.pk}/")
        assert all(each in page for each in SECRETS) and cast.agent.user.name in page
    own = f"/arena/activities/{activity.pk}/"
    assert "You show it to the group, with your name." in main(cast.client(cast.agent), own)
    closed(cast, activity)
    shown(activity, cast.agent, "kept")
    assert "Only you read it." in main(cast.client(cast.agent), own)
    assert "It never drops." not in main(cast.client(cast.colleague), f"/arena/activities/{activity.pk}/")


def test_without_a_name_nothing_leads_to_one(cast: Cast) -> None:
    """Refused among two; among six it is seen, until one more by name leaves four to guess among."""
    small = led_on(cast, begun(cast, "own_pitch", (cast.agent, cast.colleague), once="test:small"), 2)
    all_steps(small, cast.agent)
    led_on(cast, small)
    with pytest.raises(services.PitchNotToShow, match="at least 5"):
        shown(small, cast.agent, "unnamed")
    people = [cast.agent, cast.colleague, *colleagues(cast, 4)]
    activity = led_on(cast, begun(cast, "own_pitch", people), 2)
    for n, person in enumerate(people):
        all_steps(activity, person, words=f"Pitch {n}")
    led_on(cast, activity)
    shown(activity, cast.agent, "unnamed")
    shown(activity, people[2], "named")
    found = queries.shown_pitches(activity)
    assert [(each.name, each.words) for each in found] == [("Table 0", "Pitch 2"), ("", "Pitch 0")]
    listed = cast.client(cast.colleague).get(f"/api/v1/activities/{activity.pk}/pitches").json()
    assert set(listed["shown"][1]) == {
        "name", "product", "words", "would_buy", "why", "objection", "change", "anew", "would_buy_anew",
    }  # fmt: skip
    shown(activity, people[3], "named")
    assert [each.name for each in queries.shown_pitches(activity)] == ["Table 0", "Table 1"]
    assert "Yours is not seen now" in main(cast.client(cast.agent), f"/arena/activities/{activity.pk}/")


def test_the_lead_reads_the_spread_of_five_and_of_nobody_below(cast: Cast) -> None:
    """Only the lead: one of five could subtract themselves."""
    people = [cast.agent, cast.colleague, *colleagues(cast, 3)]
    activity = led_on(cast, begun(cast, "own_pitch", people), 2)
    for n, person in enumerate(people):
        all_steps(activity, person, would_buy=1 + n % 2, would_buy_anew=5)
    address = f"/api/v1/activities/{activity.pk}/pitches"
    lead = cast.client(cast.supervisor)
    assert lead.get(address).json()["spread"] is None
    led_on(cast, activity)
    assert lead.get(address).json()["spread"] == {"before": [3, 2, 0, 0, 0], "after": [0, 0, 0, 0, 5]}
    assert cast.client(cast.agent).get(address).json()["spread"] is None
    assert "Would you buy?" in main(lead, f"/arena/activities/{activity.pk}/")
    Pitch.objects.filter(author=people[-1].agent).update(would_buy_anew=None)
    assert lead.get(address).json()["spread"] is None
    assert "each could be guessed" in main(lead, f"/arena/activities/{activity.pk}/")
