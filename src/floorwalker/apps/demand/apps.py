from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DemandConfig(AppConfig):
    name = "floorwalker.apps.demand"
    label = "demand"

    def ready(self) -> None:
        from floorwalker.apps.demand import queries, services
        from floorwalker.apps.promises.kinds import kind as promise_kind
        from floorwalker.kernel import notices
        from floorwalker.kernel.files.readers import register

        register("contact history", "floorwalker.apps.demand.work.reading:read")
        promise_kind(
            services.LAUNCH_PROMISE,
            label=_("New account"),
            url_of=lambda ref: reverse("demand:launch", args=[ref[1]]),
        )
        promise_kind(
            services.STATEMENT_PROMISE,
            label=_("Statement to a client"),
            url_of=lambda ref: f"{reverse('demand:statements')}?client={ref[1]}",
        )
        notices.kind(
            services.CLIENT_FORECAST_NOTICE,
            title=_("A client submitted a forecast"),
            text_of=queries.client_forecast_in_words,
            url_of=lambda ref: reverse("demand:client_forecast", args=[ref[1]]),
        )
        notices.kind(
            services.STATEMENT_NOTICE,
            title=_("A forecast statement was issued"),
            text_of=queries.statement_in_words,
            url_of=lambda ref: reverse("demand:statement", args=[ref[1]]),
        )
