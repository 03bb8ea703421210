"""Commands for developers and operators, and the local server; never packaged with the functions.

Anything here may raise `CommandError` for a problem that the user can fix; docstrings don't repeat it.
"""

_LONGEST_REASON = 400


class CommandError(Exception):
    """A command can't continue, for a reason that its user can fix; the message is one line for the user."""


def one_line(error: Exception) -> str:
    """Return what an exception says, however many lines that is, as the end of a command's message."""
    return " ".join(str(error).split())[:_LONGEST_REASON]
