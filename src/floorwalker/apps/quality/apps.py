from datetime import timedelta
from functools import partial

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    name = "floorwalker.apps.quality"
    label = "quality"

    def ready(self) -> None:
        from floorwalker.apps.promises.kinds import kind
        from floorwalker.apps.quality import queries
        from floorwalker.apps.quality.services import calibration, moving, weights
        from floorwalker.kernel import audit, notices
        from floorwalker.kernel.files import readers

        readers.register("quality.handbook", "floorwalker.apps.quality.work.files:read_handbook")
        readers.register("quality.conversations", "floorwalker.apps.quality.work.files:read_conversations")
        readers.register("quality.phrases", "floorwalker.apps.quality.work.files:read_phrases")
        audit.verbs(VERBS)

        def url(ref: tuple[str, int]) -> str:
            return reverse("quality:review", args=[ref[1]])

        for key, label in PROMISES.items():
            # Who asked waits for these; whoever leads the evaluator hears of them sooner.
            asked_for = {} if key == moving.PROMISE_REVIEW else {"lead_after": timedelta(days=1)}
            kind(key, label=label, url_of=url, **asked_for)
        for key, title in moving.NOTICES.items():
            notices.kind(key, title=title, text_of=partial(queries.review_told, key), url_of=url)

        def calibration_url(ref: tuple[str, int]) -> str:
            return queries.calibration_url(ref[1])

        kind(calibration.PROMISE, label=_("score for a calibration"), url_of=calibration_url)
        for key, title in calibration.NOTICES.items():
            notices.kind(key, title=title, text_of=partial(queries.calibration_told, key), url_of=calibration_url)

        def round_url(ref: tuple[str, int]) -> str:
            return reverse("quality:round", args=[ref[1]])

        # Past its day nobody can weigh any more, so there is no time in which it could be kept late.
        kind(weights.PROMISE_WEIGH, label=_("weights of a form"), url_of=round_url, grace=timedelta(0))
        kind(weights.PROMISE_AGREE, label=_("agreement on weights"), url_of=round_url)
        for key, title in weights.NOTICES.items():
            notices.kind(key, title=title, text_of=partial(queries.round_told, key), url_of=round_url)


VERBS = {
    "quality.make_form": _("made the form"),
    "quality.change_form": _("changed the form"),
    "quality.archive_form": _("archived the form"),
    "quality.restore_form": _("restored the form"),
    "quality.start_draft": _("began a version of the form"),
    "quality.change_draft": _("changed the draft of the form"),
    "quality.drop_draft": _("dropped the draft of the form"),
    "quality.publish_form": _("put the form in force"),
    "quality.give_notice": _("said what people are scored for"),
    "quality.agree_target": _("wrote down the quality agreed with the client"),
    "quality.import": _("imported conversations"),
    "quality.draw": _("drew the contact"),
    "quality.check_me": _("asked to be checked"),
    "quality.take_over": _("took the evaluation over"),
    "quality.hand_in": _("handed in the own evaluation"),
    "quality.scored": _("evaluated the contact"),
    "quality.released": _("showed the evaluation"),
    "quality.acknowledge": _("read the evaluation"),
    "quality.disputed": _("disputed the score"),
    "quality.decided": _("answered the dispute"),
    "quality.closed": _("closed the review"),
    "quality.dropped": _("dropped the review"),
    "quality.open_calibration": _("opened the calibration"),
    "quality.score_calibration": _("scored for the calibration"),
    "quality.close_calibration": _("closed the calibration"),
    "quality.agree_reading": _("wrote down how an item is read"),
    "quality.take_back_reading": _("took back how an item is read"),
    "quality.add_phrase": _("added the phrase"),
    "quality.archive_phrase": _("archived the phrase"),
    "quality.restore_phrase": _("restored the phrase"),
    "quality.order_fit": _("had scores taken apart"),
    "quality.end_fit": _("took scores apart"),
    "quality.make_plan": _("made the plan of drawing"),
    "quality.change_plan": _("changed the plan of drawing"),
    "quality.pause_plan": _("paused the plan of drawing"),
    "quality.resume_plan": _("went on with the plan of drawing"),
    "quality.open_round": _("had the form weighed"),
    "quality.weigh": _("weighed the items"),
    "quality.close_round": _("closed the weighing"),
    "quality.propose_weights": _("proposed weights"),
    "quality.answer_weights": _("said yes or no to the weights"),
    "quality.agree_weights": _("put the weights in force"),
    "quality.end_round": _("gave the weighing up"),
}

PROMISES = {
    "quality.review": _("review of a contact"),
    "quality.check_me": _("answer to “Check me”"),
    "quality.dispute": _("answer to a dispute"),
}
