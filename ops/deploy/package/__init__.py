"""Packaging: one archive, one template with a function per row, one template of what must outlive it."""
