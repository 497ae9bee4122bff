"""A worker for the tests of jobs, started as a process: quicker to give up on others than in earnest."""

from __future__ import annotations

import django


def main() -> None:
    django.setup()
    from floorwalker.kernel.jobs import worker
    from tests.kernel.jobs import kinds  # noqa: F401  (registers them)

    worker.STALLED_SECONDS = 2.0
    worker.run_worker(at_once=1)


if __name__ == "__main__":
    main()
