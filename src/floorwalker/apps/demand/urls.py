"""Addresses of demand."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.demand.views import history, queues

app_name = "demand"
urlpatterns = [
    path("", queues.queues, name="queues"),
    path("queues/new/", queues.new_queue, name="new_queue"),
    path("queues/<int:queue_id>/", queues.queue, name="queue"),
    path("queues/<int:queue_id>/change/", queues.change_queue, name="change_queue"),
    path("queues/<int:queue_id>/archive/", queues.archive_queue, name="archive_queue"),
    path("queues/<int:queue_id>/names/", queues.names, name="queue_names"),
    path("queues/<int:queue_id>/names/<int:name_id>/end/", queues.end_name, name="end_queue_name"),
    path("queues/<int:queue_id>/history/", history.queue_history, name="history"),
    path("queues/<int:queue_id>/history.csv", history.history_csv, name="history_csv"),
    path("uploads/", history.uploads, name="uploads"),
    path("uploads/<int:upload_id>/", history.upload, name="upload"),
    path("uploads/<int:upload_id>/answer/", history.answer, name="answer_upload"),
    path("uploads/<int:upload_id>/place/", history.place, name="place_upload"),
    path("uploads/<int:upload_id>/drop/", history.drop, name="drop_upload"),
    path("uploads/<int:upload_id>/rejects.csv", history.rejects_csv, name="rejects_csv"),
]
