"""A file of people: seen before it changes anything, applied once, and the same again changes nothing."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from floorwalker.apps.people import services
from floorwalker.apps.people.models import Agent, AgentName, PeopleImport, Site, Skill, Team
from floorwalker.apps.people.words import problem_words
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models.entry import Entry
from tests.people import NOW, Cast, Person

SAMPLE = """\
id,name,team,site,zone,queue,queues,contract,min_hours,max_hours,max_days,start_date,days_off,available,sales_level,service_level
B001,Miriam Mendes,Team 1,East,Asia/Manila,help,help,employee,30.0,40.0,5,2023-11-01,,,1,1
B002,Omar Nowak,Team 1,East,Asia/Manila,help,help|orders,contractor,0.0,24.0,3,2024-07-25,2026-12-14|2026-12-15,10:00-24:00,2,3
"""  # noqa: E501 - as the sample writes it


def upload(cast: Cast, who: Person, text: str | bytes, name: str = "people.csv", **more: Any) -> Any:
    content = text if isinstance(text, bytes) else text.encode()
    return cast.client(who).post("/people/import/", {"file": SimpleUploadedFile(name, content), **more})


def preview(cast: Cast, who: Person, text: str | bytes, name: str = "people.csv", **more: Any) -> Any:
    answer = upload(cast, who, text, name, **more)
    assert answer.status_code == 302, answer.content.decode()
    return cast.client(who).get(answer["Location"])


def apply(cast: Cast, who: Person, shown: Any, **more: Any) -> Any:
    data = {"fingerprint": shown.context["plan"].fingerprint, "which": "all", **more}
    return cast.client(who).post(f"/people/import/{shown.context['found'].pk}/apply/", data, follow=True)


def kinds(shown: Any) -> dict[str, int]:
    return {kind: count for kind, count in shown.context["counts"].items() if count}


def test_a_team_lost_since_the_upload_is_no_place_for_anybody(cast: Cast) -> None:
    """Whoever no longer plans the site of the team they chose puts nobody into it."""
    team = cast.world.north_one.pk
    shown = preview(cast, cast.site_planner, "id,name\nB009,Ana Reis\n", team=team)
    assert kinds(shown) == {"new": 1}
    held = cast.site_planner.user.roles_held.get()
    held.scope_id = cast.world.south.pk
    held.save()
    again = cast.client(cast.site_planner).get(shown.request["PATH_INFO"])
    assert kinds(again) == {"refused": 1}
    apply(cast, cast.site_planner, shown)
    assert not Agent.objects.filter(number="B009").exists()


def test_the_sample_imports_without_a_word_about_its_columns(cast: Cast) -> None:
    """Sites, teams and skills come along; terms, days off, levels and the queues served are kept."""
    shown = preview(cast, cast.planner, SAMPLE)
    assert kinds(shown) == {"new": 2}
    assert not Agent.objects.filter(number="B001").exists()
    apply(cast, cast.planner, shown)
    omar = Agent.objects.get(number="B002")
    assert (omar.engagement, omar.most_hours, omar.most_days, omar.available) == (
        "contractor",
        24,
        3,
        "10:00-24:00",
    )
    assert Site.objects.get(name="East").zone == "Asia/Manila"
    assert omar.zone == ""
    assert omar.days_off.count() == 2
    held = dict(omar.agent_skills.values_list("skill__name", "level"))
    assert held == {"Sales": 2, "Service": 3, "help": None, "orders": None}
    assert omar.memberships.get().days.lower == omar.started_on


def test_the_sample_centre_itself_imports_and_again_unchanged(cast: Cast) -> None:
    """What `floorwalker sample corner` writes, whole: twenty new, then twenty as they are."""
    from floorwalker.science.sample import make_centre, to_files

    text = to_files(make_centre("corner", seed=1, until=date(2026, 3, 9), weeks=2, step_seconds=1800))[
        "people.csv"
    ]
    shown = preview(cast, cast.manager, text.replace("\nA0", "\nZ0"))
    assert kinds(shown) == {"new": 20}
    apply(cast, cast.manager, shown)
    assert kinds(preview(cast, cast.manager, text.replace("\nA0", "\nZ0"))) == {"unchanged": 20}


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    """Every row as it is, and nothing to apply."""
    apply(cast, cast.planner, preview(cast, cast.planner, SAMPLE))
    shown = preview(cast, cast.planner, SAMPLE)
    assert kinds(shown) == {"unchanged": 2}
    assert "nothing to apply" in shown.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_imports_back_unchanged(cast: Cast, kind: str) -> None:
    """Everybody, those who left included, with skills and names in other systems."""
    apply(cast, cast.planner, preview(cast, cast.planner, SAMPLE))
    agent = cast.agent.agent
    services.add_name(
        agent_id=agent.pk,
        system="avaya",
        external_id="1001",
        since=agent.started_on,
        by=cast.planner.actor,
        at=NOW,
    )
    answer = cast.client(cast.planner).get(f"/people/agents.{kind}", {"state": "all"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    shown = preview(cast, cast.planner, content, f"people.{kind}")
    assert kinds(shown) == {"unchanged": Agent.objects.count()}


def test_every_row_of_people_taken_along_says_who_took_it_and_what_for(cast: Cast, time_machine: Any) -> None:
    """And when, so that a part of the table is still somebody's copy; the audit has it too (S-51)."""
    time_machine.move_to(NOW)
    for person, asked, why in (
        (cast.planner, {"why": " Shifts of\nDecember "}, "Shifts of December"),
        (cast.hr, {"why": "x" * 200}, "x" * 120),
        (cast.hr, {}, "purpose not said"),
    ):
        rows = b"".join(cast.client(person).get("/people/agents.csv", asked).streaming_content).decode()  # type: ignore[attr-defined]
        lines = rows.strip().splitlines()
        assert lines[0].endswith('"taken_along_by"') and len(lines) > 3
        assert all(line.endswith(f'"{person.user.name}, 2026-03-04 10:00 UTC, {why}"') for line in lines[1:])
        entry = Entry.objects.filter(verb="people.export").latest("pk")
        assert entry.actor_name == person.user.name
        assert entry.facts["why"] == (why if asked else "")


def test_bad_rows_stop_nobody_else_and_say_why(cast: Cast) -> None:
    """Each is named by its line with the reason; the good ones are applied."""
    text = (
        "id,name,team,site,min_hours,max_hours,contract,start_date,available\n"
        "N1,Good,North One,North,20,30,employee,2026-01-05,\n"
        ",Nobody,North One,North,20,30,employee,2026-01-05,\n"
        "N2,Upside,North One,North,40,30,employee,2026-01-05,\n"
        "N3,Word,North One,North,many,30,employee,2026-01-05,\n"
        "N4,Pirate,North One,North,20,30,pirate,2026-01-05,\n"
        "N5,Day,North One,North,20,30,employee,31/31/2026,\n"
        "n1,Again,North One,North,20,30,employee,2026-01-05,\n"
        "N6,Time,North One,North,20,30,employee,2026-01-05,7 to 9\n"
        "N7,Lost,Nowhere,North,20,30,employee,2026-01-05,\n"
        "A020,Left,North One,North,20,30,employee,2024-09-02,\n"
    )
    shown = preview(cast, cast.site_planner, text)
    refused = {row.line: problem_words(row.problem) for row in shown.context["plan"].of("refused")}
    assert sorted(refused) == [3, 4, 5, 6, 7, 8, 9, 11]
    assert refused[8] == "the number stands in line 2 already"
    assert "2026-03-09" in refused[7]
    page = shown.content.decode()
    assert all(escape(problem) in page for problem in refused.values())
    apply(cast, cast.site_planner, shown)
    assert set(Agent.objects.filter(number__startswith="N").values_list("number", flat=True)) == {"N1", "N7"}


def test_a_change_shows_before_and_after_and_only_ticked_rows_are_taken(cast: Cast) -> None:
    """Two changes, one ticked: the other stays as it was; the audit names the file."""
    text = "id,max_hours,team,site\nA007,35,North Two,North\nA008,36,North One,North\n"
    shown = preview(cast, cast.planner, text)
    assert kinds(shown) == {"changed": 2}
    page = shown.content.decode()
    assert "<del>40</del> → 35" in page
    assert "<del>North One (North)</del> → North Two (North)" in page
    apply(cast, cast.planner, shown, which="ticked", line=["2"])
    agent = Agent.objects.get(number="A007")
    assert (agent.most_hours, agent.team.name, agent.version) == (35, "North Two", 2)
    assert [stay.team.name for stay in agent.memberships.order_by("days")] == ["North One", "North Two"]
    assert Agent.objects.get(number="A008").most_hours == 40
    assert Entry.objects.filter(verb="people.change_agent", facts__file="people.csv").count() == 1


def test_an_empty_cell_leaves_things_and_a_dash_empties_them(cast: Cast) -> None:
    """Times of day and days off can be emptied; a name cannot."""
    Agent.objects.filter(number="A007").update(available="07:00-16:00")
    assert kinds(preview(cast, cast.planner, "id,available\nA007,\n")) == {"unchanged": 1}
    apply(cast, cast.planner, preview(cast, cast.planner, "id,available\nA007,-\n"))
    assert Agent.objects.get(number="A007").available == ""


def test_what_changed_since_the_preview_is_not_overwritten(cast: Cast) -> None:
    """Somebody changes the same agent in between: nothing is applied, and one is asked to look again."""
    shown = preview(cast, cast.planner, "id,max_hours\nA007,35\n")
    Agent.objects.filter(number="A007").update(most_hours=33)
    page = apply(cast, cast.planner, shown).content.decode()
    assert "look again" in page
    assert Agent.objects.get(number="A007").most_hours == 33


def test_a_file_is_applied_once(cast: Cast) -> None:
    """The second click says so."""
    shown = preview(cast, cast.planner, "id,max_hours\nA007,35\n")
    apply(cast, cast.planner, shown)
    assert "applied already" in apply(cast, cast.planner, shown).content.decode()
    assert PeopleImport.objects.get().rows == []


def test_columns_guessed_wrongly_are_set_right(cast: Cast) -> None:
    """A column nobody knows is left out until somebody says what it means."""
    shown = preview(cast, cast.planner, "id,Wochenstunden\nA007,35\n")
    assert kinds(shown) == {"unchanged": 1}
    found = shown.context["found"]
    url = f"/people/import/{found.pk}/"
    twice = cast.client(cast.planner).post(url, {"column_0": "number", "column_1": "number"})
    assert twice.status_code == 422
    shown = cast.client(cast.planner).post(url, {"column_0": "number", "column_1": "most_hours"}, follow=True)
    assert kinds(shown) == {"changed": 1}


def test_one_imports_only_whom_one_keeps(cast: Cast) -> None:
    """A site's planner neither changes nor adds people elsewhere, founds no site and no skill."""
    text = (
        "id,team,site,zone,skills\n"
        "A019,North One,North,,\n"
        "M1,South One,South,,\n"
        "M2,Team,West,Asia/Tokyo,\n"
        "M3,North One,North,,Juggling\n"
    )
    assert kinds(preview(cast, cast.site_planner, text)) == {"refused": 4}
    assert not Team.objects.filter(name="Team").exists()
    assert not Skill.objects.filter(name="Juggling").exists()


def test_a_name_somebody_else_has_today_is_refused(cast: Cast) -> None:
    """In the same system, on the same day."""
    agent = cast.colleague.agent
    AgentName.objects.create(agent=agent, system="avaya", external_id="7", days=(agent.started_on, None))
    shown = preview(cast, cast.planner, "id,names\nA007,avaya=7\nA008,avaya=7\n")
    assert kinds(shown) == {"refused": 1, "unchanged": 1}


def test_people_without_a_team_go_to_the_one_chosen(cast: Cast) -> None:
    """Only numbers and names: enough for a small centre."""
    shown = preview(cast, cast.planner, "id,name\nK1,Kim\n", team=cast.world.north_two.pk)
    apply(cast, cast.planner, shown)
    assert Agent.objects.get(number="K1").team == cast.world.north_two
    assert kinds(preview(cast, cast.planner, "id,name\nK2,Kay\n")) == {"refused": 1}


def test_what_is_no_table_is_refused_beside_the_field(cast: Cast) -> None:
    """A picture under the name of a table."""
    answer = upload(cast, cast.planner, b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert answer.status_code == 422
    assert "CSV or XLSX" in answer.content.decode()


def test_one_sees_and_drops_only_ones_own_files(cast: Cast) -> None:
    """Another planner's file is as if it did not exist."""
    shown = preview(cast, cast.planner, "id\nA007\n")
    url = f"/people/import/{shown.context['found'].pk}/"
    assert cast.client(cast.manager).get(url).status_code == 404
    with pytest.raises(NotFound):
        services.drop_import(import_id=shown.context["found"].pk, by=cast.manager.actor)
    cast.client(cast.planner).post(f"{url}drop/")
    assert not PeopleImport.objects.exists()


def test_a_thousand_rows_are_compared_in_as_many_queries_as_ten(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    """The preview asks the database a handful of times."""
    text = io.StringIO()
    text.write("id,name,team,site\n")
    text.writelines(f"T{number:04},Somebody,North One,North\n" for number in range(1000))
    found = preview(cast, cast.planner, text.getvalue()).context["found"]
    with django_assert_max_num_queries(30):
        shown = cast.client(cast.planner).get(f"/people/import/{found.pk}/")
    assert kinds(shown) == {"new": 1000}
