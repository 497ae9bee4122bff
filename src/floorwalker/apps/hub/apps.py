from collections.abc import Callable

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class HubConfig(AppConfig):
    name = "floorwalker.apps.hub"
    label = "hub"

    def ready(self) -> None:
        from floorwalker.apps.hub import queries, services
        from floorwalker.apps.promises.kinds import kind
        from floorwalker.kernel import audit, notices
        from floorwalker.kernel.models.notice import NoticeWish

        daily, at_once = NoticeWish.Mail.DAILY, NoticeWish.Mail.AT_ONCE

        def at(route: str) -> Callable[[tuple[str, int]], str]:
            return lambda ref: reverse(route, args=[ref[1]])

        saying, thread = at("hub:saying"), at("hub:thread")
        news, pulse = at("hub:announcement"), at("hub:pulse")
        kind(services.PROMISE_KIND, label=_("answer to what was said"), url_of=saying)
        kind(services.PULSE_PROMISE, label=_("answer to a pulse"), url_of=pulse)
        about = queries.about_in_words

        def to_look_at(ref: tuple[str, int]) -> str:  # noqa: ARG001 - the queue, whichever post
            return reverse("hub:reported")

        def mine(ref: tuple[str, int]) -> str:  # noqa: ARG001 - as above
            return reverse("hub:my_reports")

        for key, title, text_of, url_of, mail in (
            (services.WAITS_KIND, _("Something waits for your answer"), queries.waits_in_words, saying, at_once),
            (services.MOVED_KIND, _("What you said has moved on"), queries.moved_in_words, saying, at_once),
            (
                services.REPLIED,
                _("Somebody replied to you"),
                about(gettext_noop("%(name)s replied: “%(title)s”")),
                thread,
                daily,
            ),
            (
                services.MENTIONED,
                _("Somebody called you in"),
                about(gettext_noop("You were called in: “%(title)s”")),
                thread,
                at_once,
            ),
            (
                services.ACCEPTED,
                _("Your answer helped"),
                about(gettext_noop("Your answer was accepted: “%(title)s”")),
                thread,
                daily,
            ),
            (
                services.CREDITED,
                _("A tip of yours was written down"),
                about(gettext_noop("%(name)s wrote down what works for you: “%(title)s”")),
                thread,
                daily,
            ),
            (
                services.UNANSWERED,
                _("A question waits"),
                about(gettext_noop("Nobody has answered for two working days: “%(title)s”")),
                thread,
                daily,
            ),
            (services.HIDDEN_KIND, _("A post of yours was hidden"), queries.hidden_in_words, thread, at_once),
            (services.SHOWN_KIND, _("A post of yours is shown again"), queries.hidden_in_words, thread, daily),
            (services.REPORTED, _("A post was reported"), queries.reported_in_words, to_look_at, daily),
            (services.REPORT_LATE, _("A report waits"), queries.reported_in_words, to_look_at, daily),
            (services.REPORT_ENDED, _("What became of your report"), queries.report_ended_in_words, mine, daily),
            (services.NEWS, _("Announcement"), queries.news_in_words, news, daily),
            (services.CONFIRM, _("Please read and confirm"), queries.confirm_in_words, news, at_once),
            (services.REMIND, _("Please confirm until tomorrow"), queries.confirm_in_words, news, at_once),
            (services.REPORT, _("The day to confirm is over"), queries.report_in_words, news, daily),
            (services.ASKED, _("A pulse"), queries.asked_in_words, pulse, daily),
            (services.ENDED, _("News of a pulse"), queries.ended_in_words, pulse, daily),
            (services.PULSE_WAITS, _("A pulse waits for your answer"), queries.ended_in_words, pulse, at_once),
        ):
            notices.kind(key, title=title, text_of=text_of, url_of=url_of, mail=mail)
        notices.gather("hub.digest", title=_("News of the hub, with the digest"), find=queries.since_last)
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
                "hub.post": _("wrote in the hub"),
                "hub.edit": _("changed a post"),
                "hub.accept": _("accepted an answer"),
                "hub.use": _("used what works for somebody else"),
                "hub.hide": _("hid a post"),
                "hub.report": _("reported a post"),
                "hub.keep_post": _("looked at a report and let the post stand"),
                "hub.restore": _("showed a post again"),
                "hub.announce": _("announced something"),
                "hub.confirm": _("confirmed an announcement"),
                "hub.withdraw": _("withdrew an announcement"),
                "hub.ask_pulse": _("asked a pulse"),
                "hub.close_pulse": _("counted a pulse"),
                "hub.answer_pulse": _("answered a pulse for management"),
                "hub.end_pulse": _("called what follows from a pulse done"),
            }
        )
