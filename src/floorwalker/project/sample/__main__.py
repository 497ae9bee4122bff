"""`python -m floorwalker.project.sample NAME`: bring a sample in, saying on the console how far it is."""

from __future__ import annotations

import sys

from django.utils import timezone


def main(name: str) -> int:
    import django

    django.setup()
    from floorwalker.project.sample.cast import later_people, ways_in
    from floorwalker.project.sample.making import NotMade, make

    def tell(text: str) -> None:
        sys.stdout.write(f"Sample {name}: {text}\n")
        sys.stdout.flush()

    try:
        files = make(name, tell)
    except NotMade as error:
        tell(f"not made. {error}")
        return 1
    tell(f"the week of {files.week:%A, %d %B %Y} is planned and published.")
    for way in ways_in(later_people(name), timezone.now()):
        sys.stdout.write(f"  {way.role:<16} {way.name:<28} {way.link}\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
