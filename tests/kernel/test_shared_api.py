"""What every program needs, whatever the room: its notices, and the audit of an auditor."""

from __future__ import annotations

from floorwalker.kernel import audit
from floorwalker.kernel.models import Notice
from floorwalker.kernel.notices.kinds import KINDS
from tests.apps.test_api_doors import Door, problem
from tests.factories import schedules as make
from tests.people import NOW, Cast


def test_notices_are_read_and_wished_for(cast: Cast) -> None:
    """One's own, page by page, in words; another's is as if it were not; the way of being told is chosen."""
    week = make.a_week(cast.world.north, make.MONDAY)
    number = make.published(week, [make.a_stint(week, cast.agent.agent)], NOW).pk
    for who in (cast.agent, cast.stranger):
        told = {"kind": "schedules.published", "ref_kind": "schedules.publication", "ref_id": number}
        Notice.objects.get_or_create(to_user=who.user.pk, **told, defaults={"once": "here", "at": NOW})
    agent = Door(cast, cast.agent)
    mine = agent.get("/notices").json()["items"]
    assert len(mine) == 1
    assert all(each["unread"] and each["text"] and each["url"] for each in mine)
    strange = Notice.objects.get(to_user=cast.stranger.user.pk).pk
    assert problem(agent.send("post", f"/notices/{strange}/read"))[0] == 404
    assert agent.send("post", f"/notices/{mine[0]['id']}/read").status_code == 204
    assert agent.send("post", "/notices/read").status_code == 204
    assert not Notice.objects.filter(to_user=cast.agent.user.pk, read_at=None).exists()
    assert Notice.objects.get(pk=strange).read_at is None
    kind = sorted(KINDS)[0]
    assert agent.send("put", f"/notice-wishes/{kind}", {"mail": "never"}).status_code == 204
    assert {each["kind"]: each["mail"] for each in agent.get("/notice-wishes").json()}[kind] == "never"
    assert problem(agent.send("put", f"/notice-wishes/{kind}", {"mail": "loudly"})) == (400, "malformed")
    assert problem(agent.send("put", "/notice-wishes/no.such", {"mail": "never"}))[0] == 404


def test_auditors_read_the_audit_and_have_it_checked(cast: Cast) -> None:
    """All of it for auditors, what is technical for administrators, nothing by this door for others."""
    audit.record(by=cast.planner.actor, verb="schedules.publish", about=("schedules.publication", 1), at=NOW)
    audit.record(by=cast.administrator.actor, verb="accounts.give_role", about=("accounts.user", 1), at=NOW)
    auditor = Door(cast, cast.auditor)
    verbs = {each["verb"] for each in auditor.every("/audit-entries", about="schedules.publication 1")}
    assert verbs == {"schedules.publish"}
    technical = {each["verb"] for each in Door(cast, cast.administrator).every("/audit-entries", verb="schedules")}
    assert technical == set()
    assert problem(Door(cast, cast.manager).get("/audit-entries"))[0] == 404
    checked = auditor.send("post", "/audit-checks")
    assert checked.status_code == 201 and checked.json()["kind"] == "kernel.audit_check"
    assert auditor.get(f"/jobs/{checked.json()['id']}").json()["state"] == "queued"


def test_what_failed_is_seen_and_tried_again(cast: Cast) -> None:
    """By who runs the installation; an event of which nothing failed is as if it were not."""
    administrator = Door(cast, cast.administrator)
    assert administrator.get("/failed-reactions").json()["items"] == []
    assert problem(administrator.send("post", "/events/999999/retry"))[0] == 404
    assert problem(Door(cast, cast.planner).get("/failed-reactions"))[0] == 404
