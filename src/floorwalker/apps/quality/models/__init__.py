"""Tables of quality."""

from floorwalker.apps.quality.models.conversations import Conversation, ConversationImport
from floorwalker.apps.quality.models.forms import Channel, Form, FormVersion

__all__ = [
    "Channel",
    "Conversation",
    "ConversationImport",
    "Form",
    "FormVersion",
]
