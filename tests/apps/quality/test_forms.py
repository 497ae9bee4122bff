"""Forms at the door: written, tried, put in force, never changed afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils.html import escape

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import Form, FormVersion
from floorwalker.apps.quality.rules.editing import EMPTY, fresh_key, moved, with_item, with_section
from floorwalker.apps.quality.services.writing import FormBeingWritten, FormHasFlaws, FormNameTaken, FormNotADraft
from floorwalker.kernel.errors import NotFound, Stale
from tests.factories.quality import content
from tests.people import NOW, Cast

HANDBOOK = {"Returns": {"subflows": {"Wrong size": {"actions": [{"button": "Verify", "text": "Ask [order]."}]}}}}


def drafted(cast: Cast, name: str = "Calls", **more: Any) -> FormVersion:
    values = {"client_id": None, "channel": "", "content": content("by name"), **more}
    return services.make_form(name=name, **values, by=cast.quality_analyst.actor, at=NOW)


def in_force(cast: Cast, name: str = "Calls", **more: Any) -> FormVersion:
    draft = drafted(cast, name, **more)
    return services.publish_form(version_id=draft.pk, version=1, by=cast.quality_analyst.actor, at=NOW)


def test_a_form_is_written_in_the_browser_and_put_in_force(cast: Cast) -> None:
    """Section, item, what is wrong with it, its repair, in force; every step by a form of a page."""
    browser = cast.client(cast.quality_analyst)
    answer = browser.post("/quality/forms/new/", {"name": "Service calls", "channel": "phone"})
    version = FormVersion.objects.get()
    at = f"/quality/forms/versions/{version.pk}/"
    assert answer["Location"] == at
    browser.post(f"{at}section/", {"title": "Opening", "version": 1})
    item = {
        "text": "Verifies who calls", "weight": "2", "controlled_by": "agent", "section": "0", "version": "2",
        "value1": "yes", "share1": "100", "sentence1": "Name and number were asked.",
        "value2": "no", "share2": "0", "sentence2": "",
    }  # fmt: skip
    assert browser.post(f"{at}items/new/", item).status_code == 302
    page = browser.get(at).content.decode()
    assert "Say for every answer what it looks like" in page and "Put it in force" not in page
    assert browser.post(f"{at}publish/", {"version": 3}, follow=True).status_code == 200
    assert FormVersion.objects.get().state == "draft"
    key = "verifies-who-calls"
    mended = item | {"version": "3", "sentence2": "Nobody was asked.", "critical": "on"}
    assert browser.post(f"{at}items/{key}/", mended).status_code == 302
    assert browser.post(f"{at}publish/", {"version": 4}).status_code == 302
    version.refresh_from_db()
    assert version.state == "in_force" and version.words.item(key) is not None
    tried = browser.get(f"{at}try/?{key}=no").content.decode()
    assert "A critical item failed" in tried
    listed = browser.get("/quality/forms/").content.decode()
    assert "Service calls" in listed and "Version 1" in listed


def test_an_item_without_a_share_is_asked_for_it(cast: Cast) -> None:
    """The sentence stands beside the field; nothing is lost of what was typed."""
    draft = drafted(cast)
    browser = cast.client(cast.manager)
    item = {"text": "Calm", "weight": "1", "controlled_by": "agent", "section": "0", "version": "1", "value1": "a"}
    answer = browser.post(f"/quality/forms/versions/{draft.pk}/items/new/", item)
    assert answer.status_code == 422 and "Say how much of the points" in answer.content.decode()


def test_what_was_in_force_never_changes(cast: Cast) -> None:
    """Refused by the service, and by the database whoever asks; the next version begins as its copy."""
    version = in_force(cast)
    by = cast.quality_analyst.actor
    with pytest.raises(FormNotADraft):
        services.change_draft(version_id=version.pk, content=EMPTY, version=version.version, by=by, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        FormVersion.objects.filter(pk=version.pk).update(content=content("other").to_json())
    with pytest.raises(IntegrityError), transaction.atomic():
        version.delete()
    second = services.start_draft(form_id=version.form_id, by=by, at=NOW)
    assert second.number == 2 and second.words == version.words
    with pytest.raises(FormBeingWritten):
        services.start_draft(form_id=version.form_id, by=by, at=NOW)
    services.publish_form(version_id=second.pk, version=1, by=by, at=NOW)
    assert dict(FormVersion.objects.values_list("number", "state")) == {1: "retired", 2: "in_force"}


def test_a_form_with_flaws_is_not_put_in_force(cast: Cast) -> None:
    draft = drafted(cast, content=EMPTY)
    with pytest.raises(FormHasFlaws, match="nobody could score"):
        services.publish_form(version_id=draft.pk, version=1, by=cast.quality_analyst.actor, at=NOW)


def test_two_who_write_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    """The second is told that the draft changed."""
    draft = drafted(cast)
    change = {"version_id": draft.pk, "version": 1, "at": NOW}
    first = with_section(draft.words, "Closing")
    services.change_draft(content=first, by=cast.quality_analyst.actor, **change)
    with pytest.raises(Stale):
        services.change_draft(content=EMPTY, by=cast.manager.actor, **change)
    draft.refresh_from_db()
    assert [section.title for section in draft.words.sections] == ["Opening", "Closing"]


def test_agents_read_forms_and_do_not_write_them(cast: Cast) -> None:
    """Whoever is measured by a form may read it; a supervisor neither writes it; a client sees none."""
    version = in_force(cast)
    at = f"/quality/forms/versions/{version.pk}/"
    assert "Greets by name" in cast.client(cast.agent).get(at).content.decode()
    assert cast.client(cast.agent).post(f"{at}drop/").status_code == 404
    with pytest.raises(NotFound):
        services.start_draft(form_id=version.form_id, by=cast.supervisor.actor, at=NOW)
    assert cast.client(cast.client_viewer).get("/quality/forms/").status_code == 404


def test_the_form_of_a_contact_is_that_of_its_client_and_channel(cast: Cast) -> None:
    """The most particular one in force; one made for all where there is none; archived ones count for nobody."""
    world = cast.world
    assert queries.form_for(world.aurora.pk, "phone") is None
    every = in_force(cast, "All")
    chat = in_force(cast, "Chats", channel="chat")
    aurora = in_force(cast, "Aurora", client_id=world.aurora.pk)
    assert queries.form_for(world.aurora.pk, "chat") == aurora
    assert queries.form_for(world.borealis.pk, "chat") == chat
    assert queries.form_for(world.borealis.pk, "phone") == every
    services.archive_form(form_id=aurora.form_id, archived=True, by=cast.manager.actor, at=NOW)
    assert queries.form_for(world.aurora.pk, "chat") == chat


def test_one_name_a_client(cast: Cast) -> None:
    """Said in the page, beside the name."""
    drafted(cast)
    with pytest.raises(FormNameTaken):
        drafted(cast, "calls")
    answer = cast.client(cast.quality_analyst).post("/quality/forms/new/", {"name": "CALLS"})
    assert answer.status_code == 422 and escape("There is a form “CALLS”") in answer.content.decode()


def upload(cast: Cast, content: str) -> Any:
    file = SimpleUploadedFile("handbook.json", content.encode())
    return cast.client(cast.quality_analyst).post("/quality/forms/handbook/", {"file": file}, follow=True)


def test_a_handbook_becomes_drafts(cast: Cast) -> None:
    """A form for each flow; the same again changes the draft and makes no second form."""
    for _ in range(2):
        page = upload(cast, json.dumps(HANDBOOK)).content.decode()
        assert "Verify" in page and "Ask “order”." in page
    assert Form.objects.count() == FormVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a"', "it is not JSON"),
        ('{"Returns": {}}', "Returns: a flow lists its kinds of contact"),
        ("a,b\n1,2\n", "it is not JSON"),
    ],
)
def test_what_is_no_handbook_is_refused_with_the_reason(cast: Cast, text: str, said: str) -> None:
    answer = upload(cast, text)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Form.objects.exists()


def test_items_move_through_sections_and_keys_stay_unique() -> None:
    """Up and down past the end of a section into the next, and no further than the form."""
    form = with_section(content("x"), "Closing")
    assert [len(each.items) for each in moved(form, "wait", 1).sections] == [1, 1]
    assert moved(form, "greet", -1) == form
    there = moved(moved(form, "wait", 1), "wait", -1)
    assert [item.key for item in there.sections[0].items] == ["greet", "wait"]
    assert fresh_key(form, "Greet") == "greet-2" and fresh_key(form, "…") == "item"
    item = form.item("greet")
    assert item is not None and with_item(form, item, 1) == form
