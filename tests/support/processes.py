"""Whether processes are still there."""

import os


def group_exists(pid: int) -> bool:
    """Whether a process group has a member left; the system takes a moment to bury the killed ones."""
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    return True
