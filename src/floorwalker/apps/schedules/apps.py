from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SchedulesConfig(AppConfig):
    name = "floorwalker.apps.schedules"
    label = "schedules"

    def ready(self) -> None:
        from floorwalker.apps.promises import kinds as promises
        from floorwalker.apps.schedules import queries, services
        from floorwalker.apps.schedules.queries import told
        from floorwalker.kernel import live, notices

        notices.kind(
            services.PUBLISHED,
            title=_("Your schedule has changed"),
            text_of=told.published,
            texts_of=told.all_published,
            url_of=lambda _ref: reverse("schedules:mine"),
        )
        notices.kind(
            services.ANSWERED,
            title=_("A change of a shift"),
            text_of=told.change,
            url_of=lambda ref: reverse("schedules:request", args=[ref[1]]),
        )
        notices.kind(
            services.RUN_ENDED,
            title=_("A roster is ready"),
            text_of=told.run_ended,
            url_of=lambda ref: reverse("schedules:run", args=[ref[1]]),
        )
        promises.kind(
            services.PROMISE,
            label=_("Answer to a wish about a shift"),
            url_of=lambda ref: reverse("schedules:request", args=[ref[1]]),
        )
        promises.kind(
            services.WEEK_PROMISE,
            label=_("Week published in time"),
            url_of=lambda ref: reverse("schedules:week", args=[ref[1]]),
        )
        promises.kind(services.HOURS_PROMISE, label=_("Published hours that stand"), url_of=lambda _ref: "")
        live.topic("roster", queries.may_watch_week)
