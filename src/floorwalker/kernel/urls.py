"""Addresses every domain shares."""

from __future__ import annotations

from django.urls import path

from floorwalker.kernel.audit import views as audit
from floorwalker.kernel.events import views as events
from floorwalker.kernel.jobs import views as jobs
from floorwalker.kernel.live import views as live
from floorwalker.kernel.notices import views as notices

app_name = "kernel"
urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/wishes/", notices.wishes, name="notice_wishes"),
    path("notices/<int:notice_id>/", notices.read_one, name="notice"),
    path("audit/", audit.audit, name="audit"),
    path("audit/entries.csv", audit.audit_csv, name="audit_csv"),
    path("audit/check/", audit.audit_check, name="audit_check"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/reactions/", events.reactions, name="reactions"),
    path("jobs/reactions/<int:event_id>/retry/", events.reactions_retry, name="reactions_retry"),
    path("jobs/<int:job_id>/", jobs.job, name="job"),
    path("jobs/<int:job_id>/status/", jobs.job_status, name="job_status"),
    path("jobs/<int:job_id>/live/", jobs.job_live, name="job_live"),
    path("jobs/<int:job_id>/stop/", jobs.job_stop, name="job_stop"),
    path("live", live.live, name="live"),
]
