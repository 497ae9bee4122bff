"""A job while it runs: what its body gets, and what becomes of it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker import __version__
from floorwalker.kernel import live
from floorwalker.kernel.jobs.fence import Fence, LateTwin
from floorwalker.kernel.jobs.process import Child, seconds_since
from floorwalker.kernel.jobs.watch import Told
from floorwalker.kernel.models.job import Job
from floorwalker.kernel.models.kept import Kept

log = logging.getLogger(__name__)

BEAT_SECONDS = 1.0
PATIENCE_SECONDS = 20.0  # for a work that was asked to stop
LEAVING = threading.Event()  # this worker is about to end; its jobs go on in the next one


class Stopped(Exception):
    """The work was asked to stop and had nothing to give."""


class Interrupted(Exception):
    """This worker ends; the job runs again in another."""


class WorkFailed(Exception):
    """The work could not be done; the text is a sentence for whoever started it."""


class Running:
    """One run of a job, holding its fence."""

    process = Child  # how a work runs apart

    def __init__(self, job: Job, memory_mb: int) -> None:
        self.job_id = job.pk
        self.ref_kind, self.ref_id = job.ref_kind, job.ref_id
        self.started_by_user = job.started_by_user
        self.fence = Fence(job.pk, job.fence)
        self.memory_mb = memory_mb
        self.stopping = job.stop_requested_at is not None

    @staticmethod
    def now() -> datetime:
        return timezone.now()

    def tell(self, **told: Any) -> None:
        """Say how far the job is, as :meth:`Watch.tell`; also a heartbeat, and learns of a wish to stop."""
        if LEAVING.is_set():
            raise Interrupted
        if "text" in told:
            told["text"] = str(told["text"])[:300]
        if told.get("share") is not None:
            told["share"] = min(1.0, max(0.0, float(told["share"])))
        with transaction.atomic():
            held = Job.objects.filter(
                pk=self.job_id, fence=self.fence.number, state__in=[Job.State.RUNNING, Job.State.STOPPING]
            )
            if not held.update(heartbeat_at=timezone.now(), **told):
                raise LateTwin(f"job {self.job_id}: run {self.fence.number} was taken over")
            self.stopping = held.filter(stop_requested_at__isnull=False).exists()
            if told:
                live.tell(f"job:{self.job_id}")

    @contextmanager
    def write(self) -> Iterator[None]:
        """A transaction in which this run alone may write."""
        with transaction.atomic():
            self.fence.hold()
            yield

    def keep(self, call: str, plain: Any) -> None:
        """Keep what a work has so far, for the run that takes over should this one die."""
        with self.write():
            values = {
                "call": call,
                "version": __version__,
                "plain": plain,
                "fence": self.fence.number,
                "kept_at": self.now(),
            }
            Kept.objects.update_or_create(job_id=self.job_id, defaults=values)

    def kept(self, call: str) -> Any:
        """What an earlier run has kept of a work; nothing of another version's, which may mean something else."""
        found = Kept.objects.filter(job_id=self.job_id, call=call, version=__version__).first()
        return found.plain if found else None

    def in_child(self, call: str, plain: Any, *, memory_mb: int | None = None) -> Any:
        """Do the work ``package.module:function`` in a process of its own and wait for its answer.

        Asked to stop, the work returns the best it has; if it does not within twenty seconds it is ended and
        :class:`Stopped` raised. What it kept in a run whose worker died it finds in ``watch.kept``.
        """
        limit = memory_mb or self.memory_mb
        with self.process(call, plain, limit, self.kept(call)) as child:
            answer = self._accompany(child, call)
            if answer is None:
                raise self._fell_silent(child, limit)
            if "failed" in answer:
                raise self._failed(child, answer["failed"], limit)
            return answer["result"]

    def _accompany(self, child: Child, call: str) -> dict[str, Any] | None:
        """Pass on progress and the wish to stop until the child has answered; nothing if it ended without."""
        told: dict[str, Any] = {}
        beat_at = asked_at = 0.0
        while child.running:
            for message in child.messages(BEAT_SECONDS / 4):
                if "progress" in message:
                    told.update(message["progress"])
                elif "kept" in message:
                    self.keep(call, message["kept"])
                else:
                    self.tell(**told)
                    return message
            if seconds_since(beat_at) >= BEAT_SECONDS:
                beat_at = time.monotonic()
                self.tell(**told)
                told = {}
            if self.stopping and not asked_at:
                asked_at = time.monotonic()
                child.ask_to_stop()
            if asked_at and seconds_since(asked_at) > PATIENCE_SECONDS:
                raise Stopped
        return None

    def _failed(self, child: Child, failed: Told, limit: int) -> Exception:
        if failed["expected"]:
            return WorkFailed(failed["text"])
        log.error("job %s: its work failed\n%s", self.job_id, child.last_words())
        if failed["memory"]:
            return WorkFailed(too_little_memory(limit))
        return WorkFailed(unexpected(self.job_id, f"{failed['kind']}: {failed['text']}"))

    def _fell_silent(self, child: Child, limit: int) -> Exception:
        log.error("job %s: its process ended with %s\n%s", self.job_id, child.exit_code, child.last_words())
        if self.stopping:
            return Stopped()
        if child.exit_code in (-9, -6, -11, -7):
            return WorkFailed(too_little_memory(limit))
        return WorkFailed(unexpected(self.job_id, f"exit code {child.exit_code}"))


def too_little_memory(limit: int) -> str:
    return _(
        "The work needed more than the %(limit)s MB of memory it may use. Try a shorter time or fewer people."
    ) % {"limit": limit}


def unexpected(job_id: int, what: str) -> str:
    return _(
        "Something went wrong that is not your input's fault (%(what)s). "
        "Whoever runs the installation finds more in the worker's log under job %(job)s."
    ) % {"what": what, "job": job_id}
