"""The packaged stack, deployed into an AWS emulator that enforces roles, called over HTTP."""
