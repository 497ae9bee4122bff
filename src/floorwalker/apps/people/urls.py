"""Addresses of the workforce."""

from __future__ import annotations

from django.urls import path, register_converter

from floorwalker.apps.people import directories
from floorwalker.apps.people.views import agents, importing, person
from floorwalker.kernel.directory import pages


class TableKind:
    """The two kinds of file a table is exported as."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TableKind, "table_kind")

app_name = "people"
urlpatterns = [
    path("", agents.agents, name="agents"),
    path("agents.<table_kind:kind>", agents.export, name="export"),
    path("me/", agents.me, name="me"),
    path("agents/new/", agents.new, name="new"),
    path("agents/<int:agent_id>/", person.agent, name="agent"),
    path("agents/<int:agent_id>/edit/", agents.edit, name="edit"),
    path("agents/<int:agent_id>/move/", person.move, name="move"),
    path("agents/<int:agent_id>/leave/", person.leave, name="leave"),
    path("agents/<int:agent_id>/sign-in/", person.sign_in, name="sign_in"),
    path("agents/<int:agent_id>/return/", person.undo_leaving, name="undo_leaving"),
    path("agents/<int:agent_id>/skills/", person.set_skill, name="set_skill"),
    path("agents/<int:agent_id>/skills/<int:skill_id>/drop/", person.drop_skill, name="drop_skill"),
    path("agents/<int:agent_id>/names/", person.add_name, name="add_name"),
    path("names/<int:name_id>/end/", person.end_name, name="end_name"),
    path("import/", importing.upload, name="import"),
    path("import/<int:import_id>/", importing.preview, name="preview"),
    path("import/<int:import_id>/apply/", importing.apply, name="apply"),
    path("import/<int:import_id>/drop/", importing.drop, name="drop_import"),
    *(address for directory in directories.ALL for address in pages(directory)),
]
