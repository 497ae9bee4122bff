"""Addresses of demand."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.demand.views import agreements, changes, clients, forecasts, history, launches, queues

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
    path("forecasts/new/", forecasts.make, name="make"),
    path("forecasts/runs/<int:run_id>/", forecasts.run, name="run"),
    path("queues/<int:queue_id>/forecast/", forecasts.forecast, name="forecast"),
    path("queues/<int:queue_id>/forecast.csv", forecasts.forecast_csv, name="forecast_csv"),
    path("queues/<int:queue_id>/why/", forecasts.why, name="why"),
    path("queues/<int:queue_id>/versions/", forecasts.versions, name="versions"),
    path("queues/<int:queue_id>/override/", changes.override, name="override"),
    path("queues/<int:queue_id>/special-days/", changes.add_special_day, name="add_special_day"),
    path("queues/<int:queue_id>/vouch/", changes.vouch, name="vouch"),
    path("queues/<int:queue_id>/blend/", changes.blend, name="blend"),
    path("overrides/<int:override_id>/undo/", changes.undo_override, name="undo_override"),
    path("special-days/<int:special_id>/remove/", changes.remove_special_day, name="remove_special_day"),
    path("versions/<int:version_id>/use/", changes.use_version, name="use_version"),
    path("client-forecasts/", clients.client_forecasts, name="client_forecasts"),
    path("client-forecasts/new/", clients.submit, name="submit"),
    path("client-forecasts/<int:client_forecast_id>/", clients.client_forecast, name="client_forecast"),
    path("client-forecasts/<int:client_forecast_id>.csv", clients.client_forecast_csv, name="client_forecast_csv"),
    path("record/", agreements.record, name="record"),
    path("record/judge/", agreements.judge, name="judge"),
    path("statements/", agreements.statements, name="statements"),
    path("statements/<int:statement_id>/", agreements.statement, name="statement"),
    path("statements/<int:statement_id>.json", agreements.statement_json, name="statement_json"),
    path("statements/<int:statement_id>/correct/", agreements.correct, name="correct_statement"),
    path("expectations/", agreements.expectations, name="expectations"),
    path("expectations/<int:client_id>/", agreements.expectation, name="expectation"),
    path("accounts/", launches.launches, name="launches"),
    path("accounts/new/", launches.new_launch, name="new_launch"),
    path("accounts/<int:launch_id>/", launches.launch, name="launch"),
    path("accounts/<int:launch_id>/go-live/", launches.go_live, name="go_live"),
    path("accounts/<int:launch_id>/call-off/", launches.call_off, name="call_off"),
    path("accounts/<int:launch_id>/first-forecast/", launches.first_forecast, name="first_forecast"),
    path("accounts/items/<int:item_id>/give/", launches.give_item, name="give_item"),
    path("accounts/items/<int:item_id>/bring/", launches.bring, name="bring_item"),
    path("uploads/", history.uploads, name="uploads"),
    path("uploads/<int:upload_id>/", history.upload, name="upload"),
    path("uploads/<int:upload_id>/answer/", history.answer, name="answer_upload"),
    path("uploads/<int:upload_id>/place/", history.place, name="place_upload"),
    path("uploads/<int:upload_id>/drop/", history.drop, name="drop_upload"),
    path("uploads/<int:upload_id>/rejects.csv", history.rejects_csv, name="rejects_csv"),
]
