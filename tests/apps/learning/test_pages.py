"""Pages of learning at the door: a trainer writes, previews and publishes; an agent plays on their own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from floorwalker.apps.learning.models import CustomerLine, Play, Scenario, ScenarioVersion, TriggerMoment
from floorwalker.apps.learning.rules.flow import Flow
from floorwalker.apps.learning.rules.handbook import draft_of
from floorwalker.contacts import HandbookKind, HandbookStep
from tests.factories.learning import a_version, small_flow
from tests.people import Cast

HANDBOOK = {
    "Returns": {
        "description": "sending things back",
        "subflows": {
            "Wrong size": {
                "instructions": ["The shoes are too small."],
                "actions": [
                    {"button": "Pull up Account", "text": "Ask for the name using [Pull up Account]."},
                    {"button": "Offer Refund", "text": "Offer the refund."},
                ],
            }
        },
    }
}


def sent(name: str, content: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else json.dumps(content).encode())


class Writer:
    """A trainer at the editor: every post sends the version the page showed."""

    def __init__(self, browser: Browser, version: ScenarioVersion) -> None:
        self.browser, self.pk = browser, version.pk

    @property
    def now(self) -> ScenarioVersion:
        return ScenarioVersion.objects.get(pk=self.pk)

    @property
    def flow(self) -> Flow:
        return self.now.flow

    def post(self, where: str, follow: bool = True, **values: Any) -> Any:
        sent = {"version": self.now.version, **values}
        return self.browser.post(f"/arena/versions/{self.pk}/{where}", sent, follow=follow)

    def read(self) -> str:
        return self.browser.get(f"/arena/versions/{self.pk}/").content.decode()


def test_a_trainer_writes_a_scenario_line_by_line_and_puts_it_in_force(cast: Cast) -> None:
    """All through the editor: lines, answers that write the next line, own words, steps, facts, a moment."""
    browser = cast.client(cast.trainer)
    made = browser.post("/arena/scenarios/new/", {"name": "Late parcel", "about": "Listening"}, follow=True)
    assert "Begin with what the customer says first" in made.content.decode()
    writer = Writer(browser, ScenarioVersion.objects.get())
    writer.post("setting/", setting="You answer for a parcel service.")
    writer.post("steps/", text="Say sorry", weight="2")
    writer.post("steps/", text="Ask for the number", weight="1")
    writer.post("facts/", text="It is a birthday gift.")
    writer.post("lines/", line="My gift is late!")
    assert "A dead end" in writer.read()
    first, fact = writer.flow.nodes[0].key, writer.flow.facts[0].key
    sorry, ask = (each.key for each in writer.flow.steps)
    moment = {"moment": "waited in vain", "controllable": "yes", "minutes": "7"}
    writer.post(f"lines/{first}/", line="My birthday gift is late!", outcome="", states=[fact], **moment)
    writer.post(f"lines/{first}/answers/", text="What number?", to="+", new_line="It is 4711.", steps=[ask])
    writer.post(f"lines/{first}/answers/", text="It will come.", to="+", new_line="Then I buy elsewhere.")
    second, lost = (each.key for each in writer.flow.nodes[1:])
    writer.post(f"lines/{lost}/", line="Then I buy elsewhere.", outcome="lost")
    writer.post(f"lines/{first}/answers/", text="I am so sorry! What number?", to=second, steps=[sorry, ask])
    writer.post(f"lines/{second}/answers/", text="I look.", to=lost)
    writer.post(
        f"lines/{second}/own-words/", phrases="sorry / apologise\nbirthday", to="+", new_line="Thank you.",
        steps=[sorry], needs=[fact],
    )  # fmt: skip
    thanks = writer.flow.nodes[-1].key
    writer.post(f"lines/{thanks}/", line="Thank you.", outcome="solved")
    assert "Nothing is missing" in writer.read(), writer.read()
    writer.post("publish/", changed="")
    version = writer.now
    assert version.state == "in_force" and version.scenario.keeper == cast.trainer.user
    assert [(each.text, each.minutes) for each in TriggerMoment.objects.all()] == [("waited in vain", 7)]
    assert writer.browser.get(f"/arena/scenarios/{version.scenario_id}/").status_code == 200


def test_answers_are_changed_moved_and_taken_away_and_lines_reordered(cast: Cast) -> None:
    """Editing what stands: an answer up, another text, away; another first line; a line away."""
    version = a_version(cast.trainer.user, state="draft")
    writer = Writer(cast.client(cast.trainer), version)
    writer.post("lines/late/answers/ask/", verb="up")
    assert [each.key for each in writer.flow.nodes[0].options] == ["ask", "calm", "wait"]
    writer.post("lines/late/answers/ask/", verb="save", text="Which number?", to="number", steps=["number"])
    assert writer.flow.nodes[0].options[0].text == "Which number?"
    writer.post("lines/late/answers/wait/", verb="remove")
    writer.post("lines/number/own-words/", verb="remove")
    writer.post("lines/angry/change/", verb="first")
    assert writer.flow.start == "angry" and writer.flow.nodes[0].key == "angry"
    writer.post("lines/found/change/", verb="remove")
    writer.post("steps/", key="gift", verb="remove")
    writer.post("facts/", key="gift", verb="remove")
    writer.post("steps/", key="sorry", text="Say sorry first", weight="5")
    flow = writer.flow
    assert flow.node("found") is None and not flow.facts and [each.weight for each in flow.steps] == [5, 1]


def test_two_at_once_are_told_and_nothing_is_lost(cast: Cast) -> None:
    """Whoever saves an older reading gets 409, and the other's change stays."""
    version = a_version(cast.trainer.user, state="draft")
    writer = Writer(cast.client(cast.trainer), version)
    writer.post("setting/", setting="The first")
    late = cast.client(cast.manager).post(
        f"/arena/versions/{version.pk}/setting/", {"version": 1, "setting": "late"}
    )
    assert late.status_code == 409 and writer.flow.setting == "The first"


@pytest.mark.parametrize(
    ("where", "values", "said"),
    [
        ("lines/", {"line": ""}, "field is required"),
        ("lines/late/answers/", {"text": "Hm", "to": "+", "new_line": ""}, "Write what the customer says then"),
        ("lines/late/answers/", {"text": "Hm", "to": "nowhere"}, "not one of the available choices"),
        ("lines/late/answers/ask/", {"text": "", "to": "number"}, "field is required"),
        ("lines/late/own-words/", {"phrases": " ", "to": "number"}, "field is required"),
        ("steps/", {"text": "Weighs nothing", "weight": "0"}, "greater than or equal to 1"),
        ("facts/", {"text": ""}, "field is required"),
    ],
)
def test_what_is_not_understood_comes_back_with_the_reason(
    cast: Cast, where: str, values: dict[str, str], said: str
) -> None:
    """422, at the same place, and nothing of the draft has changed."""
    writer = Writer(cast.client(cast.trainer), a_version(cast.trainer.user, state="draft"))
    answer = writer.post(where, **values)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert writer.flow == small_flow()


def test_a_draft_with_flaws_is_not_put_in_force_and_says_where(cast: Cast) -> None:
    """Refused in words with the place, also when the page offered no button."""
    writer = Writer(cast.client(cast.trainer), a_version(cast.trainer.user, state="draft"))
    writer.post("lines/found/change/", verb="remove")
    said = writer.post("publish/").content.decode()
    assert writer.now.state == "draft"
    assert "line 3: It is 4711., own words: This answer leads to no line" in said


def test_the_preview_plays_as_the_agent_will_and_keeps_nothing(cast: Cast) -> None:
    """The address holds the answers; own words are judged by the same rule."""
    version = a_version(cast.trainer.user, state="draft")
    browser = cast.client(cast.trainer)
    where = f"/arena/versions/{version.pk}/preview/"
    assert "My parcel is late" in browser.get(where).content.decode()
    told = browser.get(where, {"a": ["o:ask"], "words": "Sorry about the birthday"}).content.decode()
    assert "Thank you, that is kind." in told and "complete" in told
    assert "stops at this line" in browser.get(where, {"a": ["o:gone"]}).content.decode()
    assert not Play.objects.exists()


def test_versions_follow_each_other_with_what_changed(cast: Cast) -> None:
    """The next begins as the one in force; published, the one before retires and it says what changed."""
    version = a_version(cast.trainer.user)
    browser = cast.client(cast.trainer)
    browser.post(f"/arena/scenarios/{version.scenario_id}/next/")
    writer = Writer(browser, ScenarioVersion.objects.get(number=2))
    writer.post("lines/late/", line="My parcel is late, and it is a gift!", states=["gift"], outcome="")
    writer.post("publish/")
    assert writer.now.changed == "1 line changed"
    assert ScenarioVersion.objects.get(number=1).state == "retired"


def test_scenarios_are_copied_retired_taken_over_and_looked_at(cast: Cast) -> None:
    """Each verb through its page; a retired scenario is not there to play."""
    version = a_version(cast.trainer.user)
    browser, where = cast.client(cast.manager), f"/arena/scenarios/{version.scenario_id}/"
    browser.post(f"/arena/versions/{version.pk}/copy/", {"name": "Another"})
    assert ScenarioVersion.objects.get(scenario__name="Another").flow == small_flow()
    browser.post(f"{where}keep/")
    browser.post(f"{where}look-again/")
    browser.post(f"{where}describe/", {"name": "Late gift", "about": ""})
    browser.post(f"{where}retire/")
    found = Scenario.objects.get(pk=version.scenario_id)
    assert found.keeper == cast.manager.user and found.name == "Late gift" and found.retired_at
    player = cast.client(cast.agent)
    assert "Late gift" not in player.get("/arena/").content.decode()
    assert player.post(f"/arena/scenarios/{found.pk}/begin/").status_code == 404
    browser.post(f"{where}retire/", {"retired": "no"})
    assert "Late gift" in player.get("/arena/").content.decode()


def test_a_scenario_goes_out_as_a_file_and_comes_in_again(cast: Cast) -> None:
    """The same flow; a bad file is refused with the path, the value and what is allowed."""
    version = a_version(cast.trainer.user)
    browser = cast.client(cast.trainer)
    content = browser.get(f"/arena/versions/{version.pk}/scenario.json").content.decode()
    browser.post("/arena/scenarios/from-file/", {"name": "Back again", "file": sent("s.json", content)})
    assert ScenarioVersion.objects.get(scenario__name="Back again").flow == small_flow()
    wrong = json.loads(content)
    wrong["nodes"][0]["outcome"] = "happy"
    answer = browser.post("/arena/scenarios/from-file/", {"name": "Bad", "file": sent("s.json", wrong)})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "nodes.0.outcome is &#x27;happy&#x27;" in said and "solved" in said


def test_a_handbook_becomes_the_draft_of_a_scenario(cast: Cast) -> None:
    """Its steps are what counts; what the customer says is named as missing."""
    browser = cast.client(cast.trainer)
    shown = browser.post("/arena/handbooks/", {"file": sent("book.json", HANDBOOK)}, follow=True)
    assert "Returns: Wrong size" in shown.content.decode()
    draft = browser.post(shown.request["PATH_INFO"], {"kind": "Returns: Wrong size"}, follow=True).content.decode()
    version = ScenarioVersion.objects.get()
    assert version.flow.steps[0].text.startswith("Pull up Account: Ask for the name")
    assert version.flow.setting == "The shoes are too small."
    assert "The customer says nothing here" in draft and "10 things are missing" in draft
    assert "Go on with line 1" in draft
    again = browser.post(shown.request["PATH_INFO"], {"kind": "Returns: Wrong size"}, follow=True)
    assert "There is a scenario" in again.content.decode()


def test_no_colon_hangs_at_the_end_of_a_step() -> None:
    """Where the handbook goes on with a list that is not taken along."""
    flow = draft_of(HandbookKind("Reset", (HandbookStep("Ask", "You need their address, to send the code: "),)))
    assert flow.steps[0].text == "Ask: You need their address, to send the code"
    assert flow.nodes[0].options[0].text == "You need their address, to send the code"


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "not JSON"), ("[]", "JSON object of flows"), ({"A": {"subflows": {"b": {}}}}, "under “actions”")],
)
def test_what_is_no_handbook_is_refused(cast: Cast, content: Any, said: str) -> None:
    """With what was expected where."""
    answer = cast.client(cast.trainer).post("/arena/handbooks/", {"file": sent("book.json", content)})
    assert answer.status_code == 422 and said in answer.content.decode()


def test_customer_lines_come_in_marked_and_go_into_a_line(cast: Cast) -> None:
    """A column of tags marks offensive ones, which are left out unless asked for; known lines come in once."""
    rows = "utterance,intent,tags\nwhere is my parcel?,track_order,BQ\nwhere the hell is it,track_order,BW\n"
    browser = cast.client(cast.trainer)
    for _ in range(2):
        browser.post("/arena/lines/", {"file": sent("lines.csv", rows)})
    assert CustomerLine.objects.count() == 2
    assert "hell is" not in browser.get("/arena/lines/").content.decode()
    assert "hell is" in browser.get("/arena/lines/?offensive=only").content.decode()
    writer = Writer(browser, a_version(cast.trainer.user, state="draft"))
    offered = browser.get(f"/arena/lines/?into={writer.pk}/angry&reason=track+order").content.decode()
    assert "Use these words" in offered
    line = CustomerLine.objects.get(offensive=False)
    writer.post("lines/angry/words/", customer_line_id=line.pk)
    angry = writer.flow.node("angry")
    assert angry is not None and angry.line == "where is my parcel?"
    browser.post(f"/arena/lines/{line.pk}/", {"verb": "offensive"})
    browser.post(f"/arena/lines/{CustomerLine.objects.exclude(pk=line.pk).get().pk}/", {"verb": "remove"})
    assert CustomerLine.objects.get().offensive


def test_a_training_keeps_minutes_for_moments(cast: Cast) -> None:
    """S140: the bank of moments, and an agenda of which a portion is theirs; as a page and as CSV."""
    version = a_version(cast.trainer.user)
    TriggerMoment.objects.create(
        version=version,
        node="late",
        line="My parcel is late!",
        text="waited in vain",
        controllable=True,
        minutes=6,
    )
    browser = cast.client(cast.trainer)
    assert "waited in vain" in browser.get("/arena/moments/").content.decode()
    assert "waited in vain" not in browser.get("/arena/moments/?kind=given").content.decode()
    told = browser.get("/arena/agenda/?minutes=60&share=20&kind=").content.decode()
    assert "6 minutes are kept" in told
    assert b"waited in vain" in browser.get("/arena/agenda/?minutes=60&share=20&kind=&as=csv").content
    assert browser.get("/arena/agenda/?minutes=5&share=20").status_code == 422


def test_an_agent_plays_alone_and_reads_how_it_went(cast: Cast) -> None:
    """One line at a time, by option and own words; the end says which steps were met and ways not taken."""
    a_version(cast.trainer.user)
    browser = cast.client(cast.agent)
    scenario = Scenario.objects.get()
    assert "new to you" in browser.get("/arena/").content.decode()
    first = browser.post(f"/arena/scenarios/{scenario.pk}/begin/", follow=True)
    play = Play.objects.get()
    assert "My parcel is late" in first.content.decode() and "What is the number" in first.content.decode()
    assert browser.post(f"/arena/plays/{play.pk}/shown/", {"number": "1"}).status_code == 204
    browser.post(f"/arena/plays/{play.pk}/answer/", {"number": "1", "option": "ask"})
    end = browser.post(f"/arena/plays/{play.pk}/answer/", {"number": "2", "words": "Sorry!"}, follow=True)
    told = end.content.decode()
    assert "25 %" in told and "missed" in told and "Not said: “birthday”" in told and "It will come." in told
    assert "2 ways you have never taken" not in told
    mine = browser.get("/arena/mine/").content.decode()
    assert "3 ways you have never taken" in mine and "Late parcel" in browser.get("/arena/plays/").content.decode()
    stopped = browser.post(f"/arena/scenarios/{scenario.pk}/begin/")
    assert "Your best: 25 %" in browser.get("/arena/").content.decode()
    browser.post(f"{stopped['Location']}give-up/")
    assert "Nothing is counted" in browser.get(stopped["Location"]).content.decode()


def test_a_line_answered_already_sends_to_the_one_that_stands(cast: Cast) -> None:
    """A back button does no harm."""
    a_version(cast.trainer.user)
    browser = cast.client(cast.agent)
    browser.post(f"/arena/scenarios/{Scenario.objects.get().pk}/begin/")
    where = f"/arena/plays/{Play.objects.get().pk}/answer/"
    browser.post(where, {"number": "1", "option": "ask"})
    again = browser.post(where, {"number": "1", "option": "wait"}, follow=True)
    assert "answered already" in again.content.decode()
    assert "leave the page" not in browser.post(where, {"number": "x"}).content.decode()


def test_a_browser_gets_the_next_line_alone_and_the_end_as_a_page(cast: Cast) -> None:
    """The line takes the place of the one before, numbered; a refusal and the end lead to the page."""
    a_version(cast.trainer.user)
    browser = cast.client(cast.agent)
    browser.post(f"/arena/scenarios/{Scenario.objects.get().pk}/begin/")
    where = f"/arena/plays/{Play.objects.get().pk}/"
    htmx = {"HX-Request": "true"}
    told = browser.post(f"{where}answer/", {"number": "1", "option": "ask"}, headers=htmx).content.decode()
    assert "<html" not in told and "Answer 2." in told and 'name="number" value="2"' in told
    assert "What was said before: 1 line" in told and "My parcel is late" in told
    again = browser.post(f"{where}answer/", {"number": "1", "option": "wait"}, headers=htmx)
    assert again["HX-Redirect"] == where and "answered already" in browser.get(where).content.decode()
    end = browser.post(f"{where}answer/", {"number": "2", "words": "Sorry!"}, headers=htmx)
    assert end["HX-Redirect"] == where and "25 %" in browser.get(where).content.decode()


def test_branches_are_counted_without_names_from_five_people_on(cast: Cast) -> None:
    """S132 for the trainer: below five the way of one could be told, and nobody's plays are shown."""
    version = a_version(cast.trainer.user)
    people = [cast.agent, cast.colleague, cast.contractor, cast.other_team_agent, cast.stranger]
    trainer = cast.client(cast.trainer)
    where = f"/arena/scenarios/{version.scenario_id}/"
    for count, person in enumerate(people, start=1):
        browser = cast.client(person)
        browser.post(f"{where}begin/")
        play = Play.objects.get(agent=person.agent)
        browser.post(f"/arena/plays/{play.pk}/answer/", {"number": "1", "option": "wait"})
        told = trainer.get(where).content.decode()
        assert ("chosen" in told) is (count == 5)
        assert person.user.name not in told
        assert trainer.get(f"/arena/plays/{play.pk}/").status_code == 404
    assert "chosen 5 times" in told and "Ways nobody has taken" in told


def test_words_in_scenarios_stay_words(cast: Cast) -> None:
    """Markup in every text of a scenario is shown and never run, in the editor, the preview and the play."""
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}"
    draft = a_version(cast.trainer.user, "Nasty draft", flow=small_flow(nasty), state="draft", marker=nasty)
    a_version(cast.trainer.user, f"Nasty {nasty}"[:100], flow=small_flow(nasty), marker=nasty)
    trainer, player = cast.client(cast.trainer), cast.client(cast.agent)
    scenario = Scenario.objects.exclude(pk=draft.scenario_id).get()
    begun = player.post(f"/arena/scenarios/{scenario.pk}/begin/", follow=True)
    play = Play.objects.get()
    pages = [
        begun,
        player.get("/arena/"),
        trainer.get("/arena/scenarios/"),
        trainer.get(f"/arena/scenarios/{scenario.pk}/"),
    ]
    pages += [
        trainer.get(f"/arena/versions/{draft.pk}/{more}") for more in ("", "preview/", "lines/late/", "copy/")
    ]
    player.post(f"/arena/plays/{play.pk}/answer/", {"number": "1", "option": "ask"})
    pages.append(player.post(f"/arena/plays/{play.pk}/answer/", {"number": "2", "words": nasty}, follow=True))
    for each in pages:
        text = each.content.decode()
        assert each.status_code == 200 and "<script>alert" not in text and "<img src=x" not in text
        assert "&lt;script&gt;" in text
