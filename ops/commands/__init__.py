"""The commands of `manage.py`: what is typed, with its arguments; the work is in the modules of `ops`."""

from ops.commands import here, operating, staging

COMMANDS = (*here.COMMANDS, *operating.COMMANDS, *staging.COMMANDS)
"""All of them, in the order in which `--help` lists them."""
