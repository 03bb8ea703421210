"""The commands of `manage.py`: what is typed, with its arguments; the work is in the modules of `ops`."""

from ops.cli import administration, deployment, development, figures

COMMANDS = (*development.COMMANDS, *figures.COMMANDS, *administration.COMMANDS, *deployment.COMMANDS)
"""All of them, in the order in which `--help` lists them."""
