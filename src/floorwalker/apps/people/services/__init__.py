"""What can be done with the workforce: each verb checks, locks, writes, leaves a trace and tells."""

from floorwalker.apps.people.services.agents import (
    AlreadyLeft,
    NotAllowedHere,
    NumberTaken,
    add_agent,
    change_agent,
    link_user,
    move_agent,
    record_leaving,
    undo_leaving,
)
from floorwalker.apps.people.services.names import NameTaken, add_name, end_name
from floorwalker.apps.people.services.skills import drop_skill, set_skill

__all__ = [
    "AlreadyLeft",
    "NameTaken",
    "NotAllowedHere",
    "NumberTaken",
    "add_agent",
    "add_name",
    "change_agent",
    "drop_skill",
    "end_name",
    "link_user",
    "move_agent",
    "record_leaving",
    "set_skill",
    "undo_leaving",
]
