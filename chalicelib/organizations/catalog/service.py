"""Which catalog entry a request is about, and changes of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.auth.staff import StaffCall
from chalicelib.errors import DomainError, NotFound, PermissionDenied
from chalicelib.organizations.catalog.store import Catalog, CatalogEntry
from chalicelib.table.keys import Key, key_of
from chalicelib.web.request import Request


def entry_key(catalog: Catalog[CatalogEntry]) -> Callable[[Request], list[Key | None]]:
    """Return a function that returns the key of the entry that a request's path names."""
    return lambda request: [key_of(catalog.key, request.organization_id, request.id)]


def entry_to_show(catalog: Catalog[CatalogEntry]) -> Callable[[StaffCall], CatalogEntry]:
    """Return a function that returns the entry that a path names, or raises NotFound."""
    return lambda call: _entry(catalog, call, NotFound)


def entry_to_change(catalog: Catalog[CatalogEntry]) -> Callable[[StaffCall], CatalogEntry]:
    """Return a function that returns the entry that a path names, or raises PermissionDenied."""
    return lambda call: _entry(catalog, call, PermissionDenied)


def _entry(catalog: Catalog[CatalogEntry], call: StaffCall, missing: type[DomainError]) -> CatalogEntry:
    key = key_of(catalog.key, call.principal.organization.id, call.request.id)
    entry = call.preloaded.get(catalog.kind, key)
    if entry is None or entry.deleted:
        raise missing
    return entry


def change_entry(
    catalog: Catalog[CatalogEntry], call: StaffCall, before: CatalogEntry, changes: Mapping[str, Any]
) -> CatalogEntry:
    """Change some fields of an entry."""
    if not changes:
        return before
    after = replace(before, **changes, updated_at=call.now, version=before.version + 1)
    catalog.replace(call.work, before, after)
    return after


def delete_entry(catalog: Catalog[CatalogEntry], call: StaffCall, entry: CatalogEntry) -> None:
    """Take an entry off the list; the orders that name it still show it."""
    change_entry(catalog, call, entry, {"deleted": True})
