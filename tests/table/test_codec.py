"""Records as they are stored, across versions of the code."""

import json
from dataclasses import dataclass

from chalicelib.table.codec import AttributeKind, DocumentKind, Raw, RecordsKind


@dataclass(frozen=True)
class _Note:
    text: str
    author: str = "nobody"
    tags: tuple[str, ...] = ()


NOTE = DocumentKind("note", _Note, "text", "by", "tags", renamed={"by": "author"}, read={"tags": tuple})


def _item(document: object) -> Raw:
    return {"kind": {"S": "note"}, "doc": {"S": json.dumps(document)}}


def test_a_record_comes_back_as_it_was_written() -> None:
    note = _Note("hello", "leia", ("a", "b"))

    assert NOTE.decode(_item(NOTE.to_document(note))) == note


def test_a_document_has_the_stored_names_in_their_order() -> None:
    document = NOTE.to_document(_Note("hello", "leia"))

    assert list(document.items()) == [("text", "hello"), ("by", "leia"), ("tags", ())]


def test_older_code_reads_what_newer_code_added() -> None:
    newer = {"text": "hello", "by": "leia", "tags": [], "colour": "red"}

    assert NOTE.decode(_item(newer)) == _Note("hello", "leia")


def test_newer_code_reads_what_older_code_did_not_write() -> None:
    assert NOTE.decode(_item({"text": "hello"})) == _Note("hello")


def test_a_written_attribute_is_converted_both_ways() -> None:
    kind = DocumentKind("note", _Note, "text", written={"text": str.upper}, read={"text": str.lower})

    document = kind.to_document(_Note("hello"))

    assert document == {"text": "HELLO"}
    assert kind.from_document(document) == _Note("hello")


def test_what_lists_are_filtered_by_is_an_attribute_instead() -> None:
    kind = DocumentKind("note", _Note, "text", filtered={"author": str})
    note = _Note("hello", "leia")
    document = kind.to_document(note)

    assert document == {"text": "hello"}
    assert kind.decode({**_item(document), "author": {"S": "leia"}}) == note


def test_attributes_are_read_by_type_and_missing_ones_are_the_defaults_of_the_record() -> None:
    @dataclass(frozen=True)
    class Count:
        total: int = 0
        closed: bool = False
        name: str = ""

    kind = AttributeKind("count", Count, total=int, closed=bool, name=str)

    assert kind.decode({"total": {"N": "7"}, "closed": {"BOOL": True}, "name": {"S": "x"}}) == Count(
        7, True, "x"
    )
    assert kind.decode({"other": {"S": "y"}}) == Count()


def test_records_of_one_item_are_found_by_id() -> None:
    kind = RecordsKind("notes", NOTE, id_of=int)
    notes = {3: _Note("c"), 1: _Note("a")}

    found = kind.decode(_item(kind.to_document(notes)))

    assert found == notes
    assert list(found) == [3, 1]
