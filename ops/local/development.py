"""What `chalice local` works with; what is missing for it is said in one line, with what to do."""

import sys

from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from ops import CommandError
from ops.connection import existing_table, table_errors_as_command_errors

_ADVICE = (
    "Start `.venv/bin/python manage.py database`, and beside it `.venv/bin/chalice local --stage local`."
)


def runtime() -> Runtime:
    """Return the runtime of the stage that was chosen.

    Raises:
        Unavailable: something is missing; what has been printed.
    """
    # `chalice local` starts again when a file appears in the checkout, bytecode too.
    sys.dont_write_bytecode = True
    try:
        with table_errors_as_command_errors():
            made = existing_table()
            len(made.settings.signing_keys)  # reads them, where they are kept elsewhere
            return made
    except CommandError as error:
        print(f"chalice local: {str(error).removesuffix('.')}. {_ADVICE}", file=sys.stderr, flush=True)
        raise Unavailable from error
