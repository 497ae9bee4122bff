from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PromisesConfig(AppConfig):
    name = "floorwalker.apps.promises"
    label = "promises"

    def ready(self) -> None:
        from floorwalker.apps.promises import queries, services
        from floorwalker.kernel import notices

        notices.kind(
            services.BROKEN_KIND,
            title=_("A promise to you was not kept"),
            text_of=queries.broken_in_words,
            url_of=lambda ref: reverse("promises:promise", args=[ref[1]]),
        )
        notices.kind(
            services.DUE_KIND,
            title=_("What you promised is due"),
            text_of=queries.reminder_in_words,
            url_of=lambda ref: reverse("promises:promise", args=[ref[1]]),
        )
        notices.kind(
            services.LATE_KIND,
            title=_("A promise of somebody you lead is late"),
            text_of=queries.late_in_words,
            url_of=lambda ref: reverse("promises:promise", args=[ref[1]]),
        )
