"""Catalog entries: the services and the clients of an organization, which are kept alike."""
