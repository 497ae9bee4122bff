"""Reads of thanks: `thanks` as far as each reader may see, `due` whom to thank and why."""

from floorwalker.apps.recognition.queries.due import Suggestion, suggestions
from floorwalker.apps.recognition.queries.thanks import (
    beside_agent,
    colleagues,
    exported,
    found_by_name,
    in_words,
    my_wish,
    thanks_in,
    thanks_page,
    the_colleague,
    visible_thanks,
    visible_wishes,
    wish_of,
)

__all__ = [
    "Suggestion",
    "beside_agent",
    "colleagues",
    "exported",
    "found_by_name",
    "in_words",
    "my_wish",
    "suggestions",
    "thanks_in",
    "thanks_page",
    "the_colleague",
    "visible_thanks",
    "visible_wishes",
    "wish_of",
]
