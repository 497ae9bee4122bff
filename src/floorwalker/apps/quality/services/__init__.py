"""What is done in quality."""

from floorwalker.apps.quality.services.conversations import (
    ImportApplied,
    NothingToStore,
    drop_import,
    import_conversations,
    take_conversations,
)
from floorwalker.apps.quality.services.writing import (
    FormBeingWritten,
    FormHasFlaws,
    FormNameTaken,
    FormNotADraft,
    archive_form,
    change_draft,
    drop_draft,
    make_form,
    publish_form,
    rename_form,
    start_draft,
    take_handbook,
)

__all__ = [
    "FormBeingWritten",
    "FormHasFlaws",
    "FormNameTaken",
    "FormNotADraft",
    "ImportApplied",
    "NothingToStore",
    "archive_form",
    "change_draft",
    "drop_draft",
    "drop_import",
    "import_conversations",
    "make_form",
    "publish_form",
    "rename_form",
    "start_draft",
    "take_conversations",
    "take_handbook",
]
