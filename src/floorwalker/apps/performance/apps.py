from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PerformanceConfig(AppConfig):
    name = "floorwalker.apps.performance"
    label = "performance"

    def ready(self) -> None:
        from floorwalker.apps.performance import queries, services
        from floorwalker.apps.promises.kinds import kind
        from floorwalker.kernel import audit, notices

        def url(ref: tuple[str, int]) -> str:
            return reverse("performance:goal", args=[ref[1]])

        audit.verbs(VERBS)
        kind(services.PROMISE_KIND, label=_("support for a goal"), url_of=url)

        def aim(ref: tuple[str, int]) -> str:
            return reverse("performance:aim", args=[ref[1]])

        def role(ref: tuple[str, int]) -> str:
            return reverse("performance:role", args=[ref[1]])

        notices.kind(services.AIM_KIND, title=_("Aims past their day"), text_of=queries.aim_in_words, url_of=aim)
        notices.kind(services.ROLE_KIND, title=_("Small roles"), text_of=queries.role_in_words, url_of=role)
        notices.kind(services.NOTICE_KIND, title=_("Goals"), text_of=queries.goal_in_words, url_of=url)
        handed = {"title": _("Goals that go on with somebody else"), "text_of": queries.handed_in_words}
        notices.kind(services.HANDED_KIND, **handed, url_of=url)


VERBS = {
    "performance.tell": _("told figures of days"),
    "performance.leave_out": _("left a figure out: not here that day"),
    "performance.apply_file": _("took in a file of figures"),
    "performance.export": _("exported figures of an agent"),
    "performance.goal_proposed": _("proposed the goal"),
    "performance.goal_agreed": _("agreed the goal"),
    "performance.goal_met": _("found the goal met"),
    "performance.goal_missed": _("found the goal missed"),
    "performance.goal_let_go": _("let the goal go"),
    "performance.goal_declined": _("declined the goal"),
    "performance.goal_handed": _("handed the goal to who leads now"),
    "performance.set_aim": _("said an aim"),
    "performance.end_aim": _("ended the aim"),
    "performance.serve_aim": _("said what a team does for an aim"),
    "performance.end_team_goal": _("ended what a team does for an aim"),
    "performance.give_role": _("gave the role"),
    "performance.end_role": _("ended the role"),
    "performance.support": _("gave what was promised for the goal"),
}
