"""Commands for people, and the local start; never packaged with the functions.

What whoever typed the command can put right ends it as a `CommandError`, wherever it is found: no docstring
says so again.
"""

_LONGEST_REASON = 400


class CommandError(Exception):
    """A command can't go on, for a reason outside the program; the message is one line for who typed it."""


def one_line(error: Exception) -> str:
    """Return what an exception says, however many lines that is, as the end of a command's message."""
    return " ".join(str(error).split())[:_LONGEST_REASON]
