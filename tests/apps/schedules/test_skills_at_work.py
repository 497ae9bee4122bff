"""Who is at work with which skills and by which version, for the rooms that simulate published rosters."""

from datetime import timedelta

from floorwalker.apps.people.models import AgentSkill, Skill
from floorwalker.apps.schedules import queries
from tests.factories import schedules as make
from tests.factories.capacity import MONDAY
from tests.people import NOW


def test_people_at_work_are_told_by_their_skills_and_with_the_version(cast):
    """One row for people who work alike and can do the same; without a published week there is none."""
    queue = make.a_queue(cast.world)
    skill = Skill.objects.create(name="Cards in a hurry")
    AgentSkill.objects.create(agent=cast.agent.agent, skill=skill)
    assert queries.rostered_skills(queue.pk, MONDAY, 7) is None
    week = make.a_week(cast.world.north, MONDAY)
    people = [cast.agent.agent, cast.colleague.agent]
    make.published(week, make.working_days(week, people, queue=queue), NOW, by=cast.planner.actor)
    found = queries.rostered_skills(queue.pk, MONDAY, 7)
    by_skill = [(each, skill.pk in held) for each, held in found]
    assert {yes for _each, yes in by_skill} == {True, False}
    alike = sum(each.people for each in queries.rostered_stretches(queue.pk, MONDAY, 7))
    assert sum(each.people for each, _yes in by_skill) == alike
    version, number = queries.rostered_version(queue.pk, MONDAY)
    assert number == 1
    assert queries.still_current({version, version + 1}) == {version}


def test_whose_last_shift_ended_before_the_week_is_not_of_it(cast):
    """The night before reaches into the week; the Sunday before does not."""
    queue, before = make.a_queue(cast.world), make.a_week(cast.world.north, MONDAY - timedelta(days=7))
    week = make.a_week(cast.world.north, MONDAY)
    at_day, at_night = cast.agent.agent, cast.colleague.agent
    sunday = [
        make.a_stint(before, at_day, 6, "09:00", queue=queue),
        make.a_stint(before, at_night, 6, "20:00", queue=queue),
    ]
    make.published(before, sunday, NOW, by=cast.planner.actor)
    make.published(week, [], NOW, by=cast.planner.actor)
    assert sum(each.people for each in queries.rostered_stretches(queue.pk, MONDAY, 7)) == 1
    assert len(queries.rostered_members(queue.pk, MONDAY, 7)) == 1
    assert len(queries.rostered_holders([queue.pk], MONDAY, 7)) == 1
