"""Catalog entries: what an organization works with, its services and its clients."""
