from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "floorwalker.apps.people"
    label = "people"

    def ready(self) -> None:
        from floorwalker.apps.people import queries  # noqa: F401 - enters its models in the register of scopes
        from floorwalker.kernel import audit

        audit.verbs(VERBS)


VERBS = {
    "people.add_agent": _("added the agent"),
    "people.change_agent": _("changed the agent"),
    "people.move_agent": _("moved the agent to another team"),
    "people.record_leaving": _("recorded leaving"),
    "people.undo_leaving": _("took leaving back"),
    "people.link_user": _("connected the agent with a sign-in"),
    "people.set_skill": _("said a skill"),
    "people.drop_skill": _("dropped a skill"),
    "people.add_name": _("added a name in another system"),
    "people.end_name": _("ended a name in another system"),
    "people.import": _("imported a file of people"),
    "people.export": _("exported a list of people"),
    "people.add_client": _("added the client"),
    "people.change_client": _("changed the client"),
    "people.archive_client": _("archived the client"),
    "people.restore_client": _("restored the client"),
    "people.add_site": _("added the site"),
    "people.change_site": _("changed the site"),
    "people.archive_site": _("archived the site"),
    "people.restore_site": _("restored the site"),
    "people.add_team": _("added the team"),
    "people.change_team": _("changed the team"),
    "people.archive_team": _("archived the team"),
    "people.restore_team": _("restored the team"),
    "people.add_skill": _("added the skill"),
    "people.change_skill": _("changed the skill"),
    "people.archive_skill": _("archived the skill"),
    "people.restore_skill": _("restored the skill"),
    "people.add_leavingreason": _("added the reason for leaving"),
    "people.change_leavingreason": _("changed the reason for leaving"),
    "people.archive_leavingreason": _("archived the reason for leaving"),
    "people.restore_leavingreason": _("restored the reason for leaving"),
}
