"""What every directory is held to: inherit, say which directory, who keeps it, who sees it, who does not.

class TestMugs(DirectoryCases):
    directory = directories.MUGS
    keeper, reader, stranger = "manager", "agent", "client_viewer"
    fresh: ClassVar = {"name": "Blue"}
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from floorwalker.kernel.directory import Directory
from floorwalker.kernel.models.entry import Entry
from tests.people import Cast


class DirectoryCases:
    directory: Directory
    keeper = "manager"
    reader = "hr"  # sees it and may not change it
    stranger = "client_viewer"  # does not see it
    fresh: ClassVar[dict[str, Any]]

    def values(self, cast: Cast) -> dict[str, Any]:
        """What a new row is sent; a reference is the id of something the keeper sees."""
        return {
            name: getattr(cast.world, value[1:]).pk if str(value).startswith("@") else value
            for name, value in self.fresh.items()
        }

    def url(self, name: str = "", row: Any = None) -> str:
        kwargs = {self.directory.argument: row.pk} if row is not None else None
        return reverse(f"{self.directory.domain}:{self.directory.key}{name}", kwargs=kwargs)

    def add(self, cast: Cast, **other: Any) -> Any:
        answer = cast.client(getattr(cast, self.keeper)).post(self.url("_new"), self.values(cast) | other)
        assert answer.status_code == 302, answer.content.decode()
        return self.directory.model._default_manager.get(name=other.get("name", self.fresh["name"]))

    def test_what_is_added_is_listed_searched_and_audited(self, cast: Cast) -> None:
        """Added on the page, found by its name, and the audit says who."""
        row = self.add(cast)
        page = cast.client(getattr(cast, self.keeper)).get(self.url(), {"q": self.fresh["name"]}).content.decode()
        assert self.fresh["name"] in page
        entry = Entry.objects.get(about_kind=self.directory.kind, about_id=str(row.pk))
        assert entry.actor_name == getattr(cast, self.keeper).user.name

    def test_a_name_is_there_once(self, cast: Cast) -> None:
        """The second one of a name is refused in a sentence beside the field, also in capitals."""
        self.add(cast)
        values = self.values(cast) | {"name": self.fresh["name"].upper()}
        answer = cast.client(getattr(cast, self.keeper)).post(self.url("_new"), values)
        assert answer.status_code == 422
        assert "id_name" in answer.content.decode()

    def test_archived_rows_leave_the_list_and_come_back(self, cast: Cast) -> None:
        """Archived: only under archived ones; restored: offered again."""
        row, browser = self.add(cast), cast.client(getattr(cast, self.keeper))
        assert browser.post(self.url("_archive", row)).status_code == 302
        browser.get(self.url())  # takes the message that names it
        assert self.fresh["name"] not in browser.get(self.url()).content.decode()
        assert self.fresh["name"] in browser.get(self.url(), {"archived": "on"}).content.decode()
        browser.post(self.url("_restore", row))
        assert self.fresh["name"] in browser.get(self.url()).content.decode()

    def test_the_csv_holds_what_the_list_holds(self, cast: Cast) -> None:
        """One line a row, the fields as columns."""
        self.add(cast)
        browser = cast.client(getattr(cast, self.keeper))
        text = b"".join(browser.get(self.url("_csv")).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        lines = list(csv.DictReader(io.StringIO(text)))
        assert set(lines[0]) == set(self.directory.fields)
        assert self.fresh["name"] in {line["name"] for line in lines}

    def test_who_may_only_read_changes_nothing(self, cast: Cast) -> None:
        """The page opens without a form; every verb answers 404."""
        row, browser = self.add(cast), cast.client(getattr(cast, self.reader))
        if self.directory.rows(getattr(cast, self.reader).actor).filter(pk=row.pk).exists():
            assert (
                "csrfmiddlewaretoken" not in browser.get(self.url("_one", row)).content.decode().split("<main")[1]
            )
        assert browser.post(self.url("_one", row), self.values(cast)).status_code == 404
        assert browser.post(self.url("_archive", row)).status_code == 404
        assert browser.get(self.url("_new")).status_code == 404

    def test_a_stranger_is_told_nothing(self, cast: Cast) -> None:
        """404 for the list and for the row."""
        row, browser = self.add(cast), cast.client(getattr(cast, self.stranger))
        for url in (self.url("_one", row), f"/api/v1/{self.directory.key.replace('_', '-')}/{row.pk}"):
            assert browser.get(url).status_code == 404

    def test_programs_do_the_same(self, cast: Cast) -> None:
        """Add, change, archive and list by the API."""
        browser, base = cast.client(getattr(cast, self.keeper)), f"/api/v1/{self.directory.key.replace('_', '-')}"
        fields = {name: self.directory.model._meta.get_field(name) for name in self.fresh}
        sent = {getattr(fields[name], "attname", name): value for name, value in self.values(cast).items()}
        made = browser.post(base, json.dumps(sent), content_type="application/json")
        assert made.status_code == 201, made.content
        one = f"{base}/{made.json()['id']}"
        changed = browser.patch(one, json.dumps({"name": "Another"}), content_type="application/json")
        assert changed.json()["name"] == "Another"
        assert browser.post(f"{one}/archive").json()["archived"] is True
        assert "Another" not in [each["name"] for each in browser.get(base).json()["items"]]

    def test_the_number_of_queries_does_not_grow_with_the_rows(self, cast: Cast) -> None:
        """The same for a few rows and for thirty more."""
        browser = cast.client(getattr(cast, self.keeper))
        self.add(cast)
        browser.get(self.url())
        with CaptureQueriesContext(connection) as few:
            browser.get(self.url())
        values = {
            getattr(self.directory.model._meta.get_field(name), "attname", name): value
            for name, value in self.values(cast).items()
        }
        self.directory.model._default_manager.bulk_create(
            self.directory.model(**(values | {"name": f"More {number:02}"})) for number in range(30)
        )
        with CaptureQueriesContext(connection) as many:
            assert "More 29" in browser.get(self.url(), {"sort": "-name"}).content.decode()
        assert len(many) <= len(few)

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=1+1", "x" * 120])
    def test_any_text_is_only_text(self, cast: Cast, text: str) -> None:
        """Markup is shown, a formula does not run, a very long name fits."""
        row = self.add(cast, name=text)
        page = cast.client(getattr(cast, self.keeper)).get(self.url("_one", row)).content.decode()
        assert "<script>alert(1)" not in page
