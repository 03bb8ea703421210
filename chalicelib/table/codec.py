"""How records of each kind are stored, and read again by older and newer code.

Stored names are written out where a kind is declared: renaming an attribute of a record changes nothing that
is stored. A reader ignores names that it does not know, and takes the record's default for those that are
missing. So a field that is added later needs a default.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Raw = Mapping[str, Mapping[str, Any]]  # an item as DynamoDB sends it: {"pk": {"S": "ORDER#1"}, …}

_FROM_WIRE: dict[type, Callable[[Mapping[str, Any]], Any]] = {
    int: lambda value: int(value["N"]),
    str: lambda value: str(value["S"]),
    bool: lambda value: bool(value["BOOL"]),
}


def _attributes(raw: Raw, types: Mapping[str, type]) -> dict[str, Any]:
    return {name: _FROM_WIRE[kind](raw[name]) for name, kind in types.items() if name in raw}


class Kind(Generic[T]):
    """A kind of record.

    Args:
        name: the stored discriminator; it never changes.
        record: the class of the records.
    """

    def __init__(self, name: str, record: Callable[..., T]) -> None:
        self.name = name
        self._record = record

    def decode(self, raw: Raw) -> T:
        """Return the record that an item holds."""
        raise NotImplementedError


class DocumentKind(Kind[T]):
    """A kind whose records are kept as one JSON document, in the item's `doc`.

    Args:
        name: as for `Kind`.
        record: as for `Kind`.
        stored: the document's names, in the order in which they are written; each is the record's attribute
            too, unless `renamed` says otherwise.
        renamed: by stored name, the attribute that it became.
        written: by stored name, what turns an attribute into a JSON value.
        read: by stored name, what turns the JSON value into the attribute again.
        filtered: stored names that are attributes of the item instead, since lists are filtered by them; each
            with its type, `int`, `str` or `bool`.
    """

    def __init__(
        self,
        name: str,
        record: Callable[..., T],
        *stored: str,
        renamed: Mapping[str, str] | None = None,
        written: Mapping[str, Callable[[Any], Any]] | None = None,
        read: Mapping[str, Callable[[Any], Any]] | None = None,
        filtered: Mapping[str, type] | None = None,
    ) -> None:
        super().__init__(name, record)
        self._in_document, self._filtered = stored, filtered or {}
        self.stored = (*stored, *self._filtered)
        self._attribute = {name: (renamed or {}).get(name, name) for name in self.stored}
        self._written, self._read = written or {}, read or {}

    def to_document(self, record: T) -> dict[str, Any]:
        """Return the document of a record."""
        document = {name: getattr(record, self._attribute[name]) for name in self._in_document}
        for name, convert in self._written.items():
            document[name] = convert(document[name])
        return document

    def from_document(self, document: Mapping[str, Any]) -> T:
        """Return the record of a document, whichever version of the code wrote it."""
        known = {name: document[name] for name in self.stored if name in document}
        for name, convert in self._read.items():
            if name in known:
                known[name] = convert(known[name])
        return self._record(**{self._attribute[name]: value for name, value in known.items()})

    def decode(self, raw: Raw) -> T:
        """Return the record that an item holds."""
        document: dict[str, Any] = json.loads(raw["doc"]["S"])
        if self._filtered:
            document |= _attributes(raw, self._filtered)
        return self.from_document(document)


class AttributeKind(Kind[T]):
    """A kind whose fields are attributes of the item, because conditions or atomic updates need them.

    Args:
        name: as for `Kind`.
        record: as for `Kind`.
        types: by attribute, which is the record's too: `int`, `str` or `bool`.
    """

    def __init__(self, name: str, record: Callable[..., T], /, **types: type) -> None:
        super().__init__(name, record)
        self._types = types

    def decode(self, raw: Raw) -> T:
        """Return the record that an item holds."""
        return self._record(**_attributes(raw, self._types))


class RecordsKind(Kind[dict[Any, T]]):
    """A kind that keeps many records in one item: its document maps each id to the record's document.

    Args:
        name: as for `Kind`.
        each: how each record is stored.
        id_of: converts a key of the document back into an id.
    """

    def __init__(self, name: str, each: DocumentKind[T], id_of: Callable[[str], Any] = str) -> None:
        super().__init__(name, dict)
        self._each, self._id_of = each, id_of

    def to_document(self, records: Mapping[Any, T]) -> dict[str, Any]:
        """Return the document of records by id."""
        return {str(number): self._each.to_document(record) for number, record in records.items()}

    def decode(self, raw: Raw) -> dict[Any, T]:
        """Return the records that an item holds, by id."""
        document: dict[str, Any] = json.loads(raw["doc"]["S"])
        return {self._id_of(key): self._each.from_document(kept) for key, kept in document.items()}
