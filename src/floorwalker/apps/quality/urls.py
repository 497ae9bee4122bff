"""Addresses of quality."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.quality.views import calibration, conversations, forms, mine, plans, raters, reviews, sums

REVIEW = "reviews/<int:review_id>/"
VERSION = "forms/versions/<int:form_version_id>/"
IMPORT = "conversations/import/<int:conversation_import_id>/"

app_name = "quality"
urlpatterns = [
    path("", reviews.to_review, name="to_review"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/reviews.csv", reviews.reviews_csv, name="reviews_csv"),
    path(REVIEW, reviews.review, name="review"),
    path(f"{REVIEW}evaluate/", reviews.evaluate, name="evaluate"),
    path(f"{REVIEW}release/", reviews.release, name="release"),
    path(f"{REVIEW}take-over/", reviews.take_over, name="take_over"),
    path(f"{REVIEW}drop/", reviews.drop, name="drop"),
    path(f"{REVIEW}close/", reviews.close, name="close"),
    path(f"{REVIEW}decide/", reviews.decide, name="decide"),
    path(f"{REVIEW}self/", mine.self_evaluate, name="self"),
    path(f"{REVIEW}read/", mine.acknowledge, name="acknowledge"),
    path(f"{REVIEW}dispute/", mine.dispute, name="dispute"),
    path("mine/", mine.mine, name="mine"),
    path("mine/contacts/", mine.contacts, name="contacts"),
    path("conversations/<int:conversation_id>/review/", reviews.draw, name="draw"),
    path("conversations/<int:conversation_id>/check-me/", mine.check_me, name="check_me"),
    path("overdue/", sums.overdue, name="overdue"),
    path("overdue/overdue.csv", sums.overdue_csv, name="overdue_csv"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/new/", plans.new_plan, name="new_plan"),
    path("plans/<int:sample_plan_id>/", plans.plan, name="plan"),
    path("plans/<int:sample_plan_id>/change/", plans.change_plan, name="change_plan"),
    path("plans/<int:sample_plan_id>/pause/", plans.pause_plan, name="pause_plan"),
    path("lost/", sums.lost, name="lost"),
    path("lost/lost.csv", sums.lost_csv, name="lost_csv"),
    path("scores/", sums.scores, name="scores"),
    path("calibrations/", calibration.calibrations, name="calibrations"),
    path("calibrations/<int:calibration_id>/", calibration.calibration, name="calibration"),
    path("calibrations/<int:calibration_id>/close/", calibration.close, name="close_calibration"),
    path("calibrations/<int:calibration_id>/readings/<slug:item_key>/", calibration.reading, name="agree_reading"),
    path("conversations/<int:conversation_id>/calibrate/", calibration.new, name="calibrate"),
    path("raters/", raters.raters, name="raters"),
    path("raters/fit/", raters.fit, name="fit_raters"),
    path("raters/raters.csv", raters.raters_csv, name="raters_csv"),
    path("raters/items.csv", raters.items_csv, name="rater_items_csv"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/<int:conversation_id>/", conversations.conversation, name="conversation"),
    path("conversations/import/", conversations.upload, name="import"),
    path(IMPORT, conversations.preview, name="import_preview"),
    path(f"{IMPORT}rejects.csv", conversations.rejects, name="import_rejects"),
    path(f"{IMPORT}store/", conversations.apply, name="import_apply"),
    path(f"{IMPORT}forget/", conversations.drop, name="import_drop"),
    path("forms/", forms.form_list, name="forms"),
    path("forms/new/", forms.new_form, name="new_form"),
    path("forms/handbook/", forms.handbook, name="handbook"),
    path("forms/<int:form_id>/", forms.one_form, name="form"),
    path("forms/<int:form_id>/name/", forms.rename_form, name="rename_form"),
    path("forms/<int:form_id>/archive/", forms.archive_form, name="archive_form"),
    path("forms/<int:form_id>/draft/", forms.start_draft, name="start_draft"),
    path(VERSION, forms.version, name="version"),
    path(f"{VERSION}try/", forms.trial, name="trial"),
    path(f"{VERSION}section/", forms.section, name="section"),
    path(f"{VERSION}publish/", forms.publish, name="publish"),
    path(f"{VERSION}drop/", forms.drop_draft, name="drop_draft"),
    path(f"{VERSION}items/new/", forms.new_item, name="new_item"),
    path(f"{VERSION}items/<slug:item_key>/", forms.item, name="item"),
    path(f"{VERSION}items/<slug:item_key>/move/", forms.move_item, name="move_item"),
    path(f"{VERSION}items/<slug:item_key>/remove/", forms.remove_item, name="remove_item"),
]
