"""An AWS emulator on this machine, and the whole stack in it."""
