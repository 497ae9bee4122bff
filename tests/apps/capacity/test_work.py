"""What the staffing job computes, against the library on a small centre."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from floorwalker.apps.capacity import work
from floorwalker.apps.capacity.rules import Staffing, curve_people
from floorwalker.apps.capacity.work.steps import Steps
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.outcome import Stop
from floorwalker.science.queueing import ServiceTarget, erlang_a
from floorwalker.science.staffing import plan_intervals
from floorwalker.science.timegrid import TimeGrid

MONDAY = date(2026, 3, 9)


def watch(stop_after: int | None = None) -> Watch:
    told: list[dict] = []
    return Watch(told.append, lambda: stop_after is not None and len(told) >= stop_after)


def a_queue(number=1, first=MONDAY, days=2, zone="Europe/Lisbon", rostered=None, goals=None, aht=240.0, **policy):
    """Eight to six, a busy middle of the day."""
    grid = TimeGrid(first, days, 1800, zone)
    rows = []
    for place, day in enumerate(grid.dates):
        part = grid.day_slice(place)
        slots = grid.slots[part]
        is_open = [16 <= slot < 36 for slot in slots]
        contacts = [30.0 + 20 * (slot % 7) if here else 0.0 for slot, here in zip(slots, is_open, strict=True)]
        rows.append(
            {
                "day": day.isoformat(),
                "contacts": contacts,
                "aht_seconds": [aht] * len(slots),
                "slot_cv": [0.1] * len(slots),
                "day_cv": 0.1,
                "open": is_open,
            }
        )
    asked = {"share": 0.8, "seconds": 20, "definition": "late-abandons", "asa_seconds": None, "max_abandon": None}
    return {
        "id": number,
        "name": f"Queue {number}",
        "days": rows,
        "rostered": rostered or [None] * days,
        "rosters": [[70, 3]] * days,
        "of": {
            "goals": {**asked, "patience_seconds": 120.0, **(goals or {})},
            "policy": Staffing(**policy).to_dict(),
            "version": 7,
            "method": "given",
            "step_seconds": 1800,
            "zone": zone,
            "slot_correlation": 0.2,
            "day_correlation": 0.0,
            "currency": "EUR",
        },
    }


def staffed(*queues, purpose="requirement", seen=None):
    return work.staff({"purpose": purpose, "queues": list(queues)}, seen or watch())["queues"]


@pytest.mark.parametrize(
    "policy",
    [
        {},
        {"over": "day", "absence": 0.05},
        {"over": "week", "max_occupancy": 0.85},
        {"confidence": 0.8, "max_abandon": 0.03, "min_staff": 3},
    ],
)
def test_every_number_is_the_librarys_and_its_parts_add_up(policy):
    """For every open interval the parts make exactly the people scheduled; closed ones have neither."""
    plain = a_queue(**policy)
    found = staffed(plain)[0]
    case = work.Case.of(plain)
    plan = plan_intervals(case.forecast, case.goals, **case.settings)
    assert [n for day in found["days"] for n in day["scheduled"]] == plan.scheduled.tolist()
    for day in found["days"]:
        assert set(day["reasons"]) == {str(i) for i, people in enumerate(day["scheduled"]) if people}
        for number, parts in day["reasons"].items():
            total = sum(part["amount"] for part in parts)
            assert total == pytest.approx(day["scheduled"][int(number)], abs=1e-5)
    assert len(found["days"][0]["reasons"]) == 20


def test_what_a_site_plans_off_the_phones_is_staffed_on_top_of_shrinkage():
    """S33: 30 % and a budget of 5 % ask for the people 35 % asks for, and the reasons add up all the same."""
    plain = a_queue(shrinkage=0.30)
    plain["of"]["off_phone"] = 0.05
    found, same, without = staffed(plain)[0], staffed(a_queue(shrinkage=0.35))[0], staffed(a_queue())[0]
    people = [[n for day in each["days"] for n in day["scheduled"]] for each in (found, same, without)]
    assert people[0] == people[1] and sum(people[0]) > sum(people[2])
    assert [each["probability"] for each in found["risks"]] == [each["probability"] for each in same["risks"]]
    for number, parts in found["days"][0]["reasons"].items():
        assert sum(part["amount"] for part in parts) == pytest.approx(found["days"][0]["scheduled"][int(number)])


def test_prices_rise_with_the_agents_away_and_fall_to_nothing_at_night():
    """Five away never cost less than two; nobody is lost while closed; the band holds the expected loss."""
    for day in staffed(a_queue())[0]["prices"]:
        rows = np.asarray(day["callers"])
        assert rows.shape == (48, 4)
        assert (np.diff(rows, axis=1) >= 0).all() and (rows[:16] == 0).all() and rows[20, 0] > 0
        low, high = np.asarray(day["low"]), np.asarray(day["high"])
        assert (low >= 0).all() and (low <= rows + 1e-9).all() and (rows <= high + 1e-9).all()


def test_the_curve_of_an_interval_is_erlang_a_with_the_queues_patience():
    """Every point is the formula's own number for the people there, less those away; more never lose more."""
    plain = a_queue(absence=0.05)
    found = staffed(plain)[0]
    day, target = found["days"][0], ServiceTarget(0.8, 20, "late-abandons")
    for number in (16, 20, 35):
        people = curve_people(day["scheduled"][number], found["curve_offsets"])
        curve = day["abandoned"][number]
        contacts = plain["days"][0]["contacts"][number]
        for there, abandoned in list(zip(people, curve, strict=True))[::4]:
            metrics = erlang_a(there * 0.7 * 0.95, contacts, 1800, 240.0, 120.0, target)
            assert abandoned == pytest.approx(contacts * metrics.abandon_rate, rel=1e-6, abs=1e-9)
        assert curve[0] == pytest.approx(contacts)  # nobody at work: everybody hangs up
        assert all(fewer >= more for fewer, more in pairwise(curve))
    assert set(day["abandoned"][0]) == {0.0}  # closed


def test_without_patience_there_are_no_prices():
    """Nobody hangs up in that model, so a price would be made up."""
    found = staffed(a_queue(goals={"patience_seconds": None}))[0]
    assert found["prices"] == []
    assert [day["abandoned"] for day in found["days"]] == [[], []]


@pytest.mark.parametrize(
    ("day", "slots"), [(date(2026, 3, 29), 46), (date(2026, 10, 25), 50)], ids=["23 hours", "25 hours"]
)
def test_days_on_which_clocks_change(day, slots):
    """As many intervals as the day has, each with its number; the parts still add up."""
    found = staffed(a_queue(first=day, days=1))[0]["days"][0]
    assert len(found["scheduled"]) == slots and sum(1 for n in found["scheduled"] if n) == 20
    assert len(found["reasons"]) == 20


def test_a_published_day_is_judged_by_its_roster_and_the_others_by_what_is_required():
    """Half the people at work: the published day is the risky one and says so."""
    plain = a_queue()
    enough = staffed(plain)[0]["days"][0]["scheduled"]
    found = staffed(a_queue(rostered=[[n // 2 for n in enough], None]), purpose="risk")[0]
    first, second = found["risks"]
    assert (first["basis"], second["basis"]) == ("rostered", "required")
    assert first["probability"] > 0.9 > second["probability"]
    assert first["short_hours"] > second["short_hours"]
    assert first["repair_kept"] > second["repair_kept"] and first["repair_start"].startswith("2026-03-09")
    assert "days" not in found


def test_callers_that_meet_nobody_are_counted():
    """A roster that begins at noon leaves the morning's callers alone."""
    enough = staffed(a_queue())[0]["days"][0]["scheduled"]
    roster = [0 if i < 24 else n for i, n in enumerate(enough)]
    risk = staffed(a_queue(rostered=[roster, None]), purpose="risk")[0]["risks"][0]
    morning = sum(a_queue()["days"][0]["contacts"][:24])
    assert risk["uncovered_contacts"] == pytest.approx(morning)


def test_one_agent_more_is_worth_callers_of_an_interval_not_of_an_hour():
    """What one more wins in the half-hour is half of what it would win in an hour."""
    plain = a_queue()
    day = staffed(plain)[0]["days"][0]
    case = work.Case.of(plain)
    value = case.value(case.need().required.astype(float))
    assert day["saved_by_one_more"][20] == pytest.approx(value.saved_by_one_more[20] / 2, rel=1e-5)


def test_a_goal_on_the_average_wait():
    """Where the client asks for an average speed of answer, that is what is staffed for; the share is reported."""
    found = staffed(a_queue(goals={"asa_seconds": 15}))[0]["days"][0]
    waits = [wait for wait, people in zip(found["asa_seconds"], found["required"], strict=True) if people]
    assert max(waits) <= 15
    assert any(part["name"] == "max_asa_seconds" for part in found["reasons"]["20"])


def test_what_the_client_was_promised_on_callers_who_hang_up_holds_too():
    """The stricter of the two limits."""
    found = staffed(a_queue(goals={"max_abandon": 0.01}, max_abandon=0.05))[0]["days"][0]
    rates = [rate for rate, people in zip(found["abandon_rate"], found["required"], strict=True) if people]
    assert max(rates) <= 0.01


def test_a_queue_that_cannot_be_computed_leaves_the_others_alone():
    """Without a handling time there is a sentence instead of numbers."""
    broken, fine = staffed(a_queue(1, aht=None), a_queue(2))
    assert "handling time" in broken["trouble"] and "days" not in broken
    assert fine["id"] == 2 and fine["days"]


def test_stopped_the_queues_finished_are_kept():
    """The third is never begun."""
    found = staffed(a_queue(1), a_queue(2), a_queue(3), seen=watch(stop_after=2))
    assert [each["id"] for each in found] == [1, 2]


def to_simulate(**policy):
    """One day of a queue with a published roster: eight people from eight to ten."""
    plain = a_queue(days=1, **policy)
    grid = TimeGrid(MONDAY, 1, 1800, "Europe/Lisbon")
    at_work = [8 if 16 <= slot < 20 else 0 for slot in grid.slots]
    stretch = [grid.starts[16], grid.starts[20], None, None, 8]
    week = {"days": plain["days"], "required": [at_work], "rostered": [at_work], "stretches": [stretch]}
    week["roster"] = [70, 3]
    return {**plain, "weeks": [week]}


class Pressed:
    """Somebody presses Stop after the work has asked so many times; None: nobody does."""

    def __init__(self, after):
        self.after, self.asked = after, 0

    def __call__(self):
        self.asked += 1
        return self.after is not None and self.asked > self.after


def test_a_simulation_stopped_within_a_week_finds_nothing(monkeypatch):
    """Wherever Stop comes, in an audit or among the prices: no day of too few runs, no price of 0 callers."""
    monkeypatch.setattr(work.audits, "REPLICATIONS", 10)
    monkeypatch.setattr(work.audits.pricing, "REPLICATIONS", 2)
    whole = Pressed(None)
    found = staffed(to_simulate(), purpose="audit", seen=Watch(stopped=whole))
    assert max(row[0] for row in found[0]["prices"][0]["callers"]) > 0
    for after in (2, whole.asked // 2, 3 * whole.asked // 4):  # within the first audit, and among the prices
        stopped = staffed(to_simulate(), purpose="audit", seen=Watch(stopped=Pressed(after)))
        assert stopped == [], f"stopped after {after} of {whole.asked} looks"


def simulated_prices(plain, busy=0.0):
    """Callers lost by one agent away and the width of the band, summed over the day."""
    for day in plain["days"]:
        day["day_cv"], day["slot_cv"] = busy, [0.0] * len(day["slot_cv"])
    crew = work.audits.Crew.of(work.Case.of(plain), plain["id"], plain["weeks"][0])
    found = work.audits.pricing.hour_prices(crew, Stop(), Steps())[0]
    ends = {name: sum(row[0] for row in found[name]) for name in ("callers", "low", "high")}
    return ends["callers"], ends["high"] - ends["low"]


def test_the_rosters_a_price_is_the_mean_of_see_callers_of_their_own(monkeypatch):
    """With nobody away for other reasons they are one roster: the second must bring new callers, not the same."""
    pricing = work.audits.pricing
    monkeypatch.setattr(pricing, "REPLICATIONS", 4)
    plain = to_simulate(shrinkage=0.0, absence=0.0)
    both = simulated_prices(plain)
    monkeypatch.setattr(pricing, "LUCKS", 1)
    assert both[0] != simulated_prices(plain)[0]


def test_a_simulated_price_is_that_of_days_as_uncertain_as_the_forecast(monkeypatch):
    """Where staff is ample on the expected day, only the busy days cost callers: more of them, and less surely."""
    monkeypatch.setattr(work.audits.pricing, "REPLICATIONS", 20)
    plain = to_simulate(shrinkage=0.0, absence=0.0)
    plain["weeks"][0]["stretches"][0][4] = 18
    expected, surely = simulated_prices(plain)
    real, less_surely = simulated_prices(plain, busy=0.4)
    assert real > 1.2 * expected
    assert less_surely > 1.2 * surely


def test_prices_are_in_money_too_where_it_is_known_what_a_contact_is_worth(monkeypatch):
    """By formula and simulated: the lost times their cost, what the late do not earn; callers stay the same."""
    monkeypatch.setattr(work.audits, "REPLICATIONS", 10)
    monkeypatch.setattr(work.audits.pricing, "REPLICATIONS", 8)
    for purpose in ("requirement", "audit"):
        dear = to_simulate() | {"of": to_simulate()["of"] | {"policy": Staffing(cost_lost=12.0).to_dict()}}
        found = {name: staffed(plain, purpose=purpose)[0] for name, plain in (("", to_simulate()), ("EUR", dear))}
        plain, priced = found[""]["prices"][0], found["EUR"]["prices"][0]
        assert plain["money"] is None
        assert priced["callers"] == plain["callers"]
        assert priced["roster"] == [70, 3]
        assert priced["money"][0][20] == pytest.approx([12 * each for each in priced["callers"][20]], abs=1e-3)
        late = dear | {"of": dear["of"] | {"policy": Staffing(cost_lost=12.0, value_in_time=5.0).to_dict()}}
        dearer = staffed(late, purpose=purpose)[0]["prices"][0]["money"][0]
        assert sum(map(sum, dearer)) > sum(map(sum, priced["money"][0]))
    rows = staffed(dear, purpose="audit")[0]["audits"]
    assert all(row["worth_low"] <= row["worth"] <= row["worth_high"] < 0 for row in rows)
    assert all("worth" not in row for row in found[""]["audits"])


def test_people_of_another_queue_who_help_are_simulated_with_it(monkeypatch):
    """Three of eight idle neighbours have the skill: more is answered than claimed, and an hour costs less."""
    monkeypatch.setattr(work.audits, "REPLICATIONS", 200)
    monkeypatch.setattr(work.audits.pricing, "REPLICATIONS", 60)
    alone, helped, other = to_simulate(), to_simulate(), to_simulate()
    stretch = other["weeks"][0]["stretches"][0]
    for plain, busy in ((alone, 0.35), (helped, 0.35), (other, 0.05)):
        day = plain["days"][0]
        day["contacts"] = [busy * each * (16 <= slot < 20) for slot, each in enumerate(day["contacts"])]
    own = [[helped["weeks"][0]["stretches"][0], []]]
    people = [[[*stretch[:4], 3], [1]], [[*stretch[:4], 5], []]]
    beside = {**other, "id": 2, "name": "Other (2)", "rostered": other["weeks"][0]["rostered"], "people": people}
    helped["weeks"][0]["beside"] = {"also": own, "queues": [beside]}
    without, with_help = (staffed(plain, purpose="audit")[0] for plain in (alone, helped))

    def rostered(found):
        return next(row for row in found["audits"] if row["basis"] == "rostered")

    def callers(found):
        return sum(row[0] for row in found["prices"][0]["callers"])

    assert rostered(with_help)["day_claimed"] == rostered(without)["day_claimed"]
    assert rostered(with_help)["day_achieved"] > rostered(without)["day_achieved"]
    assert rostered(with_help)["abandoned"] < rostered(without)["abandoned"]
    assert callers(with_help) < callers(without)
