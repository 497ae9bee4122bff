"""Erlang formulas and their inverses. Plain Python until arrays are asked for."""

from floorwalker.science.queueing.batch import MetricsTable, evaluate, smallest_staff_each
from floorwalker.science.queueing.erlang_a import erlang_a
from floorwalker.science.queueing.erlang_b import erlang_b
from floorwalker.science.queueing.erlang_c import erlang_c
from floorwalker.science.queueing.goals import Goals
from floorwalker.science.queueing.inverse import smallest_staff
from floorwalker.science.queueing.metrics import QueueMetrics
from floorwalker.science.queueing.redials import Redialled, erlang_a_with_redials, erlang_b_with_redials
from floorwalker.science.queueing.target import Definition, ServiceTarget

__all__ = [
    "Definition",
    "Goals",
    "MetricsTable",
    "QueueMetrics",
    "Redialled",
    "ServiceTarget",
    "erlang_a",
    "erlang_a_with_redials",
    "erlang_b",
    "erlang_b_with_redials",
    "erlang_c",
    "evaluate",
    "smallest_staff",
    "smallest_staff_each",
]
