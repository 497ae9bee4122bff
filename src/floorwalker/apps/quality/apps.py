from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    name = "floorwalker.apps.quality"
    label = "quality"

    def ready(self) -> None:
        from floorwalker.apps.quality import queries  # noqa: F401 - enters its models in the register of scopes
        from floorwalker.kernel import audit
        from floorwalker.kernel.files import readers

        readers.register("quality.handbook", "floorwalker.apps.quality.work:read_handbook")
        readers.register("quality.conversations", "floorwalker.apps.quality.work:read_conversations")
        audit.verbs(VERBS)


VERBS = {
    "quality.make_form": _("made the form"),
    "quality.change_form": _("changed the form"),
    "quality.archive_form": _("archived the form"),
    "quality.restore_form": _("restored the form"),
    "quality.start_draft": _("began a version of the form"),
    "quality.change_draft": _("changed the draft of the form"),
    "quality.drop_draft": _("dropped the draft of the form"),
    "quality.publish_form": _("put the form in force"),
    "quality.import": _("imported conversations"),
}
