"""The sample centres: a step is done when all of it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils import timezone

from floorwalker.apps.capacity.models import StaffingPolicy
from floorwalker.apps.coaching.models import FloorSetting, GroupSession
from floorwalker.apps.demand.models import Expectation, Queue
from floorwalker.apps.hub.models import Post
from floorwalker.apps.learning.models import Activity, BoxQuestion
from floorwalker.apps.offphone.models import Budget
from floorwalker.apps.people.models import Skill
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition.models import Redemption
from floorwalker.project.sample import agreements, exercises, gatherings, planning, rewarding, rhythm, worth
from floorwalker.project.sample.centre import SampleFiles
from floorwalker.science.sample.presets import PRESETS
from tests.conformance import crowds
from tests.factories.capacity import MONDAY, a_queue
from tests.factories.schedules import require
from tests.people import Cast


def test_a_site_is_staffed_when_each_of_its_queues_is(cast: Cast) -> None:
    """With one of two a roster would be made for that one alone, and nobody would answer the other."""
    cards, loans = (a_queue(cast.world, name=name) for name in ("Cards", "Loans"))
    sites = [cast.world.north]
    assert not planning.is_staffed(sites, MONDAY)
    require(cards, MONDAY)
    assert not planning.is_staffed(sites, MONDAY)
    require(loans, MONDAY)
    assert planning.is_staffed(sites, MONDAY)


@pytest.mark.parametrize("name", ["corner", "harbour"])
def test_every_queue_of_a_sample_says_what_a_contact_is_worth(cast: Cast, tmp_path: Path, name: str) -> None:
    """So that prices speak in money; said once, all else as it was, and no queue of anybody else is touched."""
    plan = PRESETS[name]()
    facts = {"queues": [{"name": each.name, "skill": each.skill} for each in plan.queues]}
    (tmp_path / "centre.json").write_text(json.dumps(facts), encoding="utf-8")
    files = SampleFiles(name, tmp_path, MONDAY)
    a_queue(cast.world, name="Nobody's sample", skill=cast.world.service)
    assert not worth.is_decided(files)
    for each in plan.queues:
        a_queue(cast.world, name=each.name, skill=Skill.objects.create(name=each.name))
    assert not worth.is_decided(files)
    for _again in range(2):
        worth.decide(files, timezone.now())
        assert worth.is_decided(files)
    decided = {policy.queue.name: policy for policy in StaffingPolicy.objects.select_related("queue")}
    assert decided.keys() == {each.name for each in plan.queues}
    for each in plan.queues:
        policy = decided[each.name]
        assert (policy.shrinkage, policy.version) == (0.3, 2)
        assert policy.value_in_time and policy.cost_lost
        assert (policy.value_in_time > policy.cost_lost) == (each.skill == "sales")


def test_every_client_of_a_sample_has_agreed_and_not_all_to_callbacks(cast: Cast, tmp_path: Path) -> None:
    """Once for each client with a queue of the sample, and no other."""
    facts = {"queues": [{"name": "Orders"}, {"name": "Returns"}]}
    (tmp_path / "centre.json").write_text(json.dumps(facts), encoding="utf-8")
    files = SampleFiles("corner", tmp_path, MONDAY)
    assert not agreements.is_there(files)
    for name, client in (("Orders", cast.world.aurora), ("Returns", cast.world.borealis)):
        skill = Skill.objects.create(name=name)
        Queue.objects.filter(pk=a_queue(cast.world, name=name, skill=skill).pk).update(client=client)
    for _again in range(2):
        agreements.bring(files, timezone.now())
        assert agreements.is_there(files)
    made = Expectation.objects.order_by("client__name")
    assert [each.client.name for each in made] == ["Aurora", "Borealis"]
    assert [each.callback_allowed for each in made] == [True, False]
    assert all(each.levers for each in made)


def test_groups_of_a_sample_have_met_and_are_about_to(cast: Cast) -> None:
    """A tip left its table with credit, pitches were shown, what was said was done; two wait for their lead."""
    crowds.people(cast, range(7))
    at = timezone.now()
    exercises.bring(at)
    assert not gatherings.is_there()
    gatherings.bring(at)
    assert gatherings.is_there()
    shared = Post.objects.get(kind="practice")
    assert shared.credit is not None and shared.reused == 3
    assert shared.author_id == cast.supervisor.user.pk != shared.credit.user_id
    over = {each.kind for each in Activity.objects.filter(state="closed", once__startswith="group")}
    assert over == {"round_table", "own_pitch"}
    assert {each.activity for each in GroupSession.objects.filter(state="planned")} == {"survival", "quiz"}
    assert BoxQuestion.objects.filter(activity__kind="round_table").get().answer == gatherings.ANSWER
    assert set(Promise.objects.filter(kind="coaching.group_word").values_list("state", flat=True)) == {"kept"}


def test_a_reward_of_a_sample_was_handed_over_and_its_promise_kept(cast: Cast) -> None:
    """By whoever did not approve it; another still waits."""
    crowds.people(cast, range(4))
    rewarding.bring(timezone.now())
    waits, had = Redemption.objects.order_by("asked_at").reverse()
    assert (waits.state, had.state) == ("asked", "delivered")
    assert had.approved_by_id not in (None, had.ended_by_id)
    assert Promise.objects.get(once=had.promised).state == "kept"


def test_every_site_of_a_sample_owes_talks_and_plans_time_off_the_phones(cast: Cast) -> None:
    """S33, S34, K9: nothing of it is there to be seen where nobody has said how often."""
    assert not rhythm.is_there()
    rhythm.bring(timezone.now())
    assert rhythm.is_there()
    sites = {cast.world.north.pk, cast.world.south.pk}
    assert set(Budget.objects.filter(first_minutes__gt=0).values_list("site", flat=True)) == sites
    assert set(FloorSetting.objects.filter(talk_days__gt=0).values_list("site", flat=True)) == sites
