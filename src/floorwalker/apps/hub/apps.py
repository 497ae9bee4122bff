from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    name = "floorwalker.apps.hub"
    label = "hub"

    def ready(self) -> None:
        from floorwalker.apps.hub import queries, services
        from floorwalker.apps.promises.kinds import kind
        from floorwalker.kernel import audit, notices

        def url(ref: tuple[str, int]) -> str:
            return reverse("hub:saying", args=[ref[1]])

        kind(services.PROMISE_KIND, label=_("answer to what was said"), url_of=url)
        notices.kind(
            services.WAITS_KIND,
            title=_("Something waits for your answer"),
            text_of=queries.waits_in_words,
            url_of=url,
        )
        notices.kind(
            services.MOVED_KIND,
            title=_("What you said has moved on"),
            text_of=queries.moved_in_words,
            url_of=url,
        )
        audit.verbs(
            {
                "hub.say": _("said something"),
                "hub.deliver": _("brought something that was said without a name"),
                "hub.hand_on": _("handed something on"),
                "hub.answered": _("answered"),
                "hub.unanswered": _("noted that nobody answered in time"),
                "hub.trial": _("began a trial"),
                "hub.done": _("called it done"),
                "hub.declined": _("declined with a reason"),
                "hub.joined": _("joined it to another"),
                "hub.keep_policy": _("kept a policy"),
                "hub.archive_policy": _("took a policy out of force"),
            }
        )
