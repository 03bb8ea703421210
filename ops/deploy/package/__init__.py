"""Packaging: one archive, one template with a function per endpoint, one template of what must outlive it."""
