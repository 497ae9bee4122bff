"""Rights end with the last day, and a move ends what was open."""

from datetime import date, timedelta

import pytest

from floorwalker.apps.accounts.models import User
from floorwalker.apps.people import services as people
from floorwalker.apps.people.models import Agent
from floorwalker.project import readers, rights
from tests.people import NOW


@pytest.fixture
def leave(cast):
    def leaves(on):
        return people.record_leaving(
            agent_id=cast.agent.agent.pk,
            version=cast.agent.agent.version,
            left_on=on,
            reason_id=cast.world.reason.pk,
            by=cast.hr.actor,
            at=NOW,
        )

    return leaves


def test_the_last_day_is_still_theirs(cast, leave):
    """Whoever leaves today works today; tomorrow they are shut out."""
    leave(NOW.date())
    rights.end_rights_of_leavers(NOW)
    assert User.objects.get(pk=cast.agent.user.pk).is_active
    rights.end_rights_of_leavers(NOW + timedelta(days=1))
    assert not User.objects.get(pk=cast.agent.user.pk).is_active


def test_the_last_day_ends_at_the_midnight_of_the_place(cast, leave):
    """When it is the fifth in Lisbon it is still the fourth in Chicago: whoever works there still does."""
    leave(NOW.date())
    past_midnight = NOW + timedelta(hours=17)
    Agent.objects.filter(pk=cast.agent.agent.pk).update(zone="America/Chicago")
    rights.end_rights_of_leavers(past_midnight)
    assert User.objects.get(pk=cast.agent.user.pk).is_active
    Agent.objects.filter(pk=cast.agent.agent.pk).update(zone="")
    rights.end_rights_of_leavers(past_midnight)
    assert not User.objects.get(pk=cast.agent.user.pk).is_active


def test_a_leaving_in_the_past_ends_rights_with_its_event(cast, leave, deliver):
    browser = cast.client(cast.agent)
    assert browser.get("/notices/").status_code == 200
    leave(date(2026, 3, 1))
    deliver()
    assert browser.get("/notices/").status_code == 302
    assert readers.reader(cast.agent.user.pk) is None


def test_the_last_administrator_does_not_keep_other_leavers_in(cast, leave, caplog):
    """Whoever cannot be shut out is named in the log, and everybody else is shut out all the same."""
    leave(date(2026, 3, 1))
    Agent.objects.filter(pk=cast.colleague.agent.pk).update(
        user=cast.administrator.user, left_on=date(2026, 2, 1), leaving_reason=cast.world.reason
    )
    User.objects.filter(pk=cast.left.user.pk).update(is_active=False)
    assert rights.end_rights_of_leavers(NOW) == 1
    assert not User.objects.get(pk=cast.agent.user.pk).is_active
    assert User.objects.get(pk=cast.administrator.user.pk).is_active
    assert f"user {cast.administrator.user.pk} has left" in caplog.text


def test_a_move_ends_open_sessions(cast, deliver):
    """The next request after a move signs in anew."""
    browser = cast.client(cast.agent)
    assert browser.get("/notices/").status_code == 200
    people.move_agent(
        agent_id=cast.agent.agent.pk,
        version=cast.agent.agent.version,
        team_id=cast.world.north_two.pk,
        on=NOW.date(),
        by=cast.planner.actor,
        at=NOW,
    )
    deliver()
    assert browser.get("/notices/").status_code == 302
