"""Setting a new password by a code that is mailed."""
