"""Commands for people, and the local start; never packaged with the functions."""


class CommandError(Exception):
    """A command can't go on, for a reason outside the program; the message is one line for who typed it."""
