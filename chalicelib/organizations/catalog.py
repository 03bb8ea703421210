"""An organization's services and clients: create, list, show, change, delete (companion)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from chalicelib.auth.principals import StaffPrincipal
from chalicelib.errors import DomainError, PermissionDenied
from chalicelib.organizations import catalog_store as catalogs
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.services.model import Service
from chalicelib.runtime import Runtime
from chalicelib.table import id_blocks, optimistic
from chalicelib.table.engine import Refused, read
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import Snapshot

Thing = TypeVar("Thing", Service, Client)


def keys_of(kind: type[Thing], organization_id: int | None, number: int | None) -> list[Key]:
    """Return the key to read for a service or a client that a path names."""
    if organization_id is None or number is None:
        return []
    return [catalogs.key_of(kind, organization_id, number)]


def thing_in(
    kind: type[Thing],
    principal: StaffPrincipal,
    number: int | None,
    records: Snapshot,
    *,
    missing: type[DomainError],
) -> Thing:
    """Return a service or a client of the principal's organization: the only way to get one.

    Args:
        kind: `Service` or `Client`.
        principal: with the rights held in the organization that the request names.
        number: from the path.
        records: what was read along.
        missing: the error when there is none in that organization, or it is deleted.
    """
    found = [records.get(kind, key) for key in keys_of(kind, principal.organization.id, number)]
    if not found or found[0] is None or found[0].deleted:
        raise missing
    return found[0]


def keys_to_create(kind: type[Thing]) -> list[Key]:
    """Return what to read before a service or a client is created."""
    return id_blocks.keys_for(_counter(kind))


def _counter(kind: type[Thing]) -> str:
    return kind.__name__.lower()


def create(
    kind: type[Thing],
    fields: Mapping[str, Any],
    *,
    principal: StaffPrincipal,
    records: Snapshot,
    runtime: Runtime,
) -> Thing:
    """Create a service or a client in the principal's organization.

    Args:
        kind: `Service` or `Client`.
        fields: what it has besides its id.
        principal: with the rights held in the organization.
        records: what was read along, with `keys_to_create`.
        runtime: clock, and the way to wait between tries.

    Raises:
        Unavailable: DynamoDB is busy or out of reach; it may exist.
    """
    now = runtime.now()

    def numbered(number: int) -> Thing:
        return kind(
            id=number, organization=principal.organization.id, created_at=now, updated_at=now, **fields
        )

    reserved = id_blocks.reservation(_counter(kind), records)
    if reserved is not None:
        thing = numbered(reserved.first_id)
        with suppress(Refused):  # somebody else reserved that block meanwhile
            catalogs.add_with_block(thing, reserved, runtime)
            return thing
    thing = numbered(id_blocks.next_id(_counter(kind), runtime))
    catalogs.add(thing, runtime)
    return thing


def list_page(
    kind: type[Thing],
    *,
    principal: StaffPrincipal,
    limit: int,
    after: Position | None,
    runtime: Runtime,
) -> Page[Thing]:
    """Return one page of the organization's services or clients, without the deleted ones.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    return catalogs.page(kind, principal.organization.id, runtime, limit=limit, after=after)


def change(thing: Thing, fields: Mapping[str, Any], *, principal: StaffPrincipal, runtime: Runtime) -> Thing:
    """Write changed fields; a change that somebody else makes at the same time is kept.

    Raises:
        PermissionDenied: it was deleted meanwhile.
        Unavailable: DynamoDB is busy or out of reach, or it keeps changing.
    """
    if not fields:
        return thing
    kind = type(thing)

    def write(before: Thing) -> Thing:
        changed = replace(before, **fields, updated_at=runtime.now(), version=before.version + 1)
        catalogs.replace(before, changed, runtime)
        return changed

    def read_again() -> Thing:
        anew = read(keys_of(kind, principal.organization.id, thing.id), runtime)
        return thing_in(kind, principal, thing.id, anew, missing=PermissionDenied)

    return optimistic.write(write, thing, read_again, runtime)


def delete(thing: Thing, *, principal: StaffPrincipal, runtime: Runtime) -> None:
    """Take a service or a client off the list; the orders that name it still show it.

    Raises:
        PermissionDenied: it was deleted meanwhile.
        Unavailable: DynamoDB is busy or out of reach, or it keeps changing.
    """
    change(thing, {"deleted": True}, principal=principal, runtime=runtime)
