"""A day nobody can mean is refused where it comes in: by address, form and program."""

from __future__ import annotations

import json

import pytest
from django import forms

from floorwalker.kernel import days
from floorwalker.kernel.errors import NotFound
from tests.factories import capacity as make
from tests.people import Cast

FAR = ("0001-01-01", "0026-03-09", "9999-12-31")


@pytest.mark.parametrize("text", [*FAR, "", "soon", "2026-02-30"])
def test_an_address_names_a_day_that_is_meant_or_none(text: str) -> None:
    assert days.day_in(text) is None
    with pytest.raises(NotFound):
        days.the_day(text)


def test_the_first_day_and_the_last_are_meant() -> None:
    assert [str(days.day_in(text)) for text in ("1900-01-01", "2199-12-31", "2026-W11-1")] == [
        "1900-01-01",
        "2199-12-31",
        "2026-03-09",
    ]


@pytest.mark.parametrize("text", FAR)
@pytest.mark.parametrize("field", [forms.DateField, forms.DateTimeField])
def test_every_form_refuses_it_in_words(field: type[forms.Field], text: str) -> None:
    with pytest.raises(forms.ValidationError, match="Enter a day from the year 1900 to 2199"):
        field().clean(text)
    assert field().clean("2026-03-09")


@pytest.mark.django_db
@pytest.mark.parametrize("day", FAR)
def test_no_page_breaks_on_it(cast: Cast, day: str) -> None:
    """The week shown, or nothing there; a form comes back with what is wrong."""
    queue = make.a_queue(cast.world)
    make.a_forecast(queue)
    planner = cast.client(cast.planner)
    site = queue.site_id
    shown = [f"/staff/?week={day}", f"/staff/skills/?week={day}", f"/demand/queues/{queue.pk}/history/?day={day}"]
    assert [planner.get(path).status_code for path in shown] == [200] * 3
    nothing = [f"/staff/{queue.pk}/{day}.csv", f"/rosters/{site}/{day}/"]
    assert [planner.get(path).status_code for path in nothing] == [404] * 2
    order = {"queues": [queue.pk], "first_day": day, "weeks": 8}
    assert planner.post("/staff/compute/", order).status_code == 422
    week = {"queue": queue.pk, "site": site, "week": day}
    asked = ("/staff/compute/again/", "/staff/skills/model/")
    assert [planner.post(path, week).status_code for path in asked] == [404] * 2


@pytest.mark.django_db
@pytest.mark.parametrize("day", FAR)
def test_a_program_is_told_which_field_it_is(cast: Cast, day: str) -> None:
    queue = make.a_queue(cast.world)
    make.a_forecast(queue)
    planner = cast.client(cast.planner)
    answers = [
        planner.get(f"/api/v1/queues/{queue.pk}/forecast?first={day}&last={day}"),
        *(
            planner.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")
            for path, body in (
                ("staffing-orders", {"queue_ids": [queue.pk], "first_day": day, "days": 7}),
                ("week-studies", {"site_id": queue.site_id, "first_day": day}),
            )
        ),
    ]
    for answer, name in zip(answers, ("first", "first_day", "first_day"), strict=True):
        assert answer.status_code == 400
        assert f"{name} is {day}; give a day from the year 1900 to 2199" in answer.content.decode()
