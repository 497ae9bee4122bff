"""Group rankings and drafts of exercises by a press: moved for the group, forgotten, looked over."""

from __future__ import annotations

from datetime import date

from floorwalker.apps.learning import services
from floorwalker.apps.learning.models import Exercise, GroupRanking
from tests.apps.learning.test_survival import move_on, rank
from tests.factories.learning import ITEMS, an_activity, an_exercise
from tests.people import Cast


def test_an_item_is_moved_for_ones_small_group(cast: Cast) -> None:
    """Both see it; an older state and a place that is none are said on the page, and change nothing."""
    agents = [each.agent for each in (cast.agent, cast.colleague) if each.agent]
    activity = an_activity(cast.supervisor.user, agents, "survival")
    for person in (cast.agent, cast.colleague):
        rank(activity, person)
    activity = move_on(cast, activity)
    path = f"/arena/activities/{activity.pk}/"
    one, other = cast.client(cast.agent), cast.client(cast.colleague)
    ranking = GroupRanking.objects.get()
    before, version = list(ranking.order), ranking.version
    assert (
        one.post(f"{path}survival/group/", {"item": "map", "to": 1, "version": version}).headers["Location"]
        == path
    )
    ranking.refresh_from_db()
    assert ranking.order == ["map", *(each for each in before if each != "map")]
    assert other.get(path).status_code == 200
    stale = other.post(f"{path}survival/group/", {"item": "rope", "to": 1, "version": version}, follow=True)
    assert "changed this" in stale.content.decode()
    wrong = other.post(
        f"{path}survival/group/", {"item": "rope", "to": "top", "version": version + 1}, follow=True
    )
    assert "A place is a number from 1 to 10." in wrong.content.decode()
    sofa = {"item": "sofa", "to": 1, "version": version + 1}
    assert other.post(f"{path}survival/group/", sofa).status_code == 404
    assert cast.client(cast.other_team_agent).post(f"{path}survival/group/", sofa).status_code == 404
    ranking.refresh_from_db()
    assert ranking.order[0] == "map" and sorted(ranking.order) == sorted(ITEMS)


def test_a_draft_is_forgotten_and_what_is_in_force_is_not(cast: Cast) -> None:
    """Groups do what is in force; agents find neither."""
    found = an_exercise(cast.trainer.user)
    draft = services.next_exercise(exercise_id=found.pk, by=cast.trainer.actor, at=found.made_at)
    browser = cast.client(cast.trainer)
    assert cast.client(cast.agent).post(f"/arena/exercises/{draft.pk}/drop/").status_code == 404
    assert (
        "The draft is forgotten."
        in browser.post(f"/arena/exercises/{draft.pk}/drop/", follow=True).content.decode()
    )
    assert list(Exercise.objects.all()) == [found]
    kept = browser.post(f"/arena/exercises/{found.pk}/drop/", follow=True).content.decode()
    assert "The draft is forgotten." not in kept and Exercise.objects.get().state == "in_force"


def test_who_looks_an_exercise_over_keeps_it_for_half_a_year(cast: Cast) -> None:
    """Its words stay; the day on which it is due moves on, and so does its keeper."""
    found = an_exercise(cast.manager.user)
    Exercise.objects.filter(pk=found.pk).update(look_again_on=date(2026, 3, 1))
    path = f"/arena/exercises/{found.pk}/"
    assert cast.client(cast.agent).post(f"{path}look-again/").status_code == 404
    said = cast.client(cast.trainer).post(f"{path}look-again/", follow=True).content.decode()
    assert "You keep it, and are asked again in half a year." in said
    before = found.content
    found.refresh_from_db()
    assert (found.keeper, found.state, found.content) == (cast.trainer.user, "in_force", before)
    assert found.look_again_on > date(2026, 6, 1)
