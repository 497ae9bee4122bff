"""Models of any shape, for the tests: every kind of arrivals and duration, every option now and then."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from floorwalker.science.queueing import Definition, ServiceTarget
from floorwalker.science.simulation import (
    Agent,
    AgentChoice,
    AgentGroup,
    AtClose,
    AtEnd,
    Callback,
    Channel,
    Concurrency,
    Constant,
    ContactType,
    Deterministic,
    Empirical,
    Exponential,
    Gamma,
    Hours,
    Infinite,
    LogNormal,
    Message,
    Model,
    Never,
    Outbound,
    Paths,
    Periods,
    PerPeriod,
    Promise,
    QueueChoice,
    Redial,
    Routing,
    Scheduled,
    Skill,
    Trace,
    Transfer,
    Uniform,
    Value,
    Weibull,
)

positive = st.floats(0.001, 1e6)
amount = st.floats(0, 1e4)
share = st.floats(0, 1)
count = st.integers(0, 50)
name = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(lambda text: text.strip())


def maybe(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.none() | strategy


def ascending(size: int) -> SearchStrategy[tuple[float, ...]]:
    return st.lists(amount, max_size=size).map(lambda values: tuple(sorted(values)))


spans = st.lists(st.floats(0, 1e5), max_size=6, unique=True).map(
    lambda moments: tuple(zip(sorted(moments)[::2], sorted(moments)[1::2], strict=False))
)
durations: SearchStrategy[Any] = st.one_of(
    st.builds(Exponential, positive),
    st.builds(LogNormal, positive, positive),
    st.builds(Gamma, positive, positive),
    st.builds(Weibull, positive, positive),
    st.tuples(amount, amount).map(lambda pair: Uniform(*sorted(pair))),
    st.builds(Deterministic, amount),
    st.builds(Empirical, st.lists(amount, min_size=1, max_size=4).map(tuple)),
)
callbacks = st.builds(
    Callback, share, st.just(3), maybe(amount), st.sampled_from(Promise), st.just(0.0), positive,
    st.integers(1, 4), share, amount, amount, st.integers(-3, 3),
)  # fmt: skip
redials = st.builds(Redial, share, durations, st.integers(1, 5), st.booleans(), st.booleans(), maybe(share))
outbounds = st.builds(Outbound, share, amount, st.integers(1, 4), amount)
targets = st.builds(ServiceTarget, st.floats(0.01, 0.99), amount, st.sampled_from(Definition))


def arrivals(periods: int) -> SearchStrategy[Any]:
    row = st.lists(count, min_size=periods, max_size=periods).map(tuple)
    return st.one_of(
        st.builds(Constant, amount),
        st.builds(PerPeriod, st.lists(amount, min_size=periods, max_size=periods).map(tuple), amount),
        st.builds(Paths, st.lists(row, min_size=1, max_size=3).map(tuple)),
        st.builds(Trace, ascending(5)),
        st.just(Scheduled((10.0, 20.0), (3, 0))),
        st.just(Never()),
    )


@st.composite
def types(draw: Any, names: list[str], place: int, periods: int) -> ContactType:
    channel = draw(st.sampled_from(Channel))
    later = names[place + 1 :]  # to a later type only, so that no contact goes round for ever
    moves = [Transfer(draw(st.sampled_from(later)), draw(share), draw(st.booleans()))] if later else []
    return ContactType(
        names[place], draw(arrivals(periods)), draw(durations), draw(durations),
        draw(maybe(st.lists(amount, min_size=periods, max_size=periods).map(tuple))),
        draw(durations | st.just(Infinite())), draw(share), draw(amount), draw(targets), channel,
        draw(maybe(redials)),
        draw(maybe(st.builds(Message, amount, share, st.just(names[-1])))) if later else None,
        draw(maybe(callbacks)),
        draw(outbounds) if channel is Channel.OUTBOUND else None,
        draw(st.sampled_from([(), tuple(moves)])), draw(maybe(st.builds(Hours, spans, st.sampled_from(AtClose)))),
        draw(maybe(count)), draw(maybe(amount)), draw(amount), draw(amount),
        draw(st.builds(Value, amount, amount, maybe(amount))),
    )  # fmt: skip


@st.composite
def groups(draw: Any, called: str, type_names: list[str], periods: int) -> AgentGroup:
    taken = draw(st.lists(st.sampled_from(type_names), unique=True, max_size=3))
    skills = tuple(
        Skill(each, draw(count), draw(positive), draw(maybe(durations)), draw(amount), draw(count), draw(amount))
        for each in taken
    )
    named = draw(st.booleans())
    staff = draw(st.lists(count, min_size=periods, max_size=periods).map(tuple) | st.tuples(count))
    agents = draw(st.lists(st.builds(Agent, name, spans, positive), max_size=2).map(tuple))
    many = draw(st.builds(Concurrency, st.integers(1, 4), share))
    return AgentGroup(
        called, skills, None if named else staff, agents if named else None, many, draw(st.sampled_from(AtEnd)),
        draw(amount),
    )  # fmt: skip


@st.composite
def models(draw: Any) -> Model:
    """Any model there can be."""
    days, of_day = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    equal = st.builds(lambda step: Periods.of(step, of_day, days=days), positive)
    odd = st.lists(positive, min_size=days * of_day, max_size=days * of_day).map(lambda each: Periods(tuple(each)))
    periods = draw(equal | odd)
    type_names = draw(st.lists(name, min_size=1, max_size=3, unique=True))
    kinds = tuple(draw(types(type_names, place, len(periods))) for place in range(len(type_names)))
    last = kinds[-1]
    if last.channel in (Channel.CALL, Channel.CHAT):  # nobody may leave a message that becomes a call
        kinds = tuple(
            ContactType(**{**vars(each), "message": None}) if each.message is not None else each for each in kinds
        )
    group_names = draw(st.lists(name, min_size=1, max_size=2, unique=True))
    made = tuple(draw(groups(each, type_names, len(periods))) for each in group_names)
    routing = draw(
        st.builds(Routing, st.sampled_from(AgentChoice), st.sampled_from(QueueChoice), maybe(st.integers(1, 9)))
    )
    return Model(periods, kinds, made, routing, draw(share))
