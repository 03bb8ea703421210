"""Confirming a mail address by a code."""
