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
from floorwalker.apps.people.services.exporting import note_export
from floorwalker.apps.people.services.importing import (
    AlreadyApplied,
    ImportChanged,
    TooManyPeople,
    apply_import,
    drop_import,
    map_columns,
    take_file,
)
from floorwalker.apps.people.services.names import NameTaken, add_name, end_name
from floorwalker.apps.people.services.skills import drop_skill, set_skill

__all__ = [
    "AlreadyApplied",
    "AlreadyLeft",
    "ImportChanged",
    "NameTaken",
    "NotAllowedHere",
    "NumberTaken",
    "TooManyPeople",
    "add_agent",
    "add_name",
    "apply_import",
    "change_agent",
    "drop_import",
    "drop_skill",
    "end_name",
    "link_user",
    "map_columns",
    "move_agent",
    "note_export",
    "record_leaving",
    "set_skill",
    "take_file",
    "undo_leaving",
]
