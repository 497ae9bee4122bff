"""The suite's own commands; the command line finds them in the entry-point group ``floorwalker.commands``."""
