"""Django's own commands, for those who build the suite: `python -m floorwalker.project.manage`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.project.settings")
    execute_from_command_line(sys.argv)
