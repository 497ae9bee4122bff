from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class OffphoneConfig(AppConfig):
    name = "floorwalker.apps.offphone"
    label = "offphone"

    def ready(self) -> None:
        from floorwalker.apps.offphone import queries, services
        from floorwalker.apps.promises.kinds import kind
        from floorwalker.kernel import notices

        def url(ref: tuple[str, int]) -> str:
            return reverse("offphone:session", args=[ref[1]])

        kind(services.PROMISE_KIND, label=_("time off the phones"), url_of=url)
        notices.kind(
            services.NOTICE_KIND,
            title=_("Time off the phones"),
            text_of=queries.in_words,
            texts_of=queries.all_in_words,
            url_of=url,
        )
