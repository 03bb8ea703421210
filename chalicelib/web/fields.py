"""Fields of bodies: inputs are frozen dataclasses whose fields say what they accept.

The messages are the documents', which are Django REST Framework's own. A field stands beside its type:

    @frozen(kw_only=True)
    class NewRole:
        name: Annotated[str, Text(150)]

A field without a default is required. One that a PATCH may leave out has the default `UNSET` and says
`required=True` if a PUT needs it. An input's static method `precondition(body)` may raise an error that takes
precedence over those of its fields.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from dataclasses import Field as Declaration
from enum import Enum
from typing import Any, Generic, TypeVar, get_type_hints

from chalicelib import ids, texts
from chalicelib.errors import FieldErrors, ValidationFailed
from chalicelib.frozen import frozen

T = TypeVar("T")

REQUIRED = "This field is required."
NULL = "This field may not be null."
BLANK = "This field may not be blank."
NOT_A_STRING = "Not a valid string."
NOT_A_BOOLEAN = "Must be a valid boolean."
CONTROL_CHARACTERS = "Control characters are not allowed."
NOT_A_CHOICE = "Not a valid choice."

_DECLARED: dict[Any, Mapping[str, tuple["Field", bool]]] = {}  # worked out once per type


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "unset"


UNSET = Unset.UNSET
"""The value of a field that was not given."""


class InvalidValue(Exception):
    """A value is not valid for its field.

    Args:
        messages: what is wrong with it.
    """

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = list(messages)


class Field:
    """A field that accepts anything.

    Args:
        required: whether it must be given, except in a PATCH; a field without a default always must.
        null: whether it may be null.
    """

    def __init__(self, *, required: bool = False, null: bool = False) -> None:
        self.required = required
        self.null = null

    def is_null(self, value: Any) -> bool:
        """Tell whether what was sent is as good as null."""
        return value is None

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the typed value of what was sent, which is not null.

        Raises:
            InvalidValue: it is not what the field takes.
        """
        return value

    def wrong_length(self, value: Any) -> list[str]:
        """Return what is wrong with how long a value is, where that is limited."""
        return []

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of what the field takes, null aside."""
        return {}


def type_of(value: Any) -> str:
    """Return the name of a JSON value's type, as the messages have it."""
    return "float" if isinstance(value, float) else type(value).__name__


def is_blank(value: Any) -> bool:
    """Tell whether a value is a text that is empty or blanks alone."""
    return isinstance(value, str) and not value.strip()


def _texts_in(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value, names of members too, however deep."""
    left = [value]
    while left:
        part = left.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            left += [*part, *part.values()]
        elif isinstance(part, list):
            left += part


class Text(Field):
    """Text that comes back as it went in; blanks are null where they may not be a text, but null may be.

    Args:
        max_length: how many characters it may have.
        min_length: how many it must have.
        blank: whether it may be empty or blanks alone.
        options: as for `Field`.
    """

    def __init__(self, max_length: int, min_length: int = 0, *, blank: bool = False, **options: bool) -> None:
        super().__init__(**options)
        self.max_length, self.min_length, self.blank = max_length, min_length, blank

    def is_null(self, value: Any) -> bool:
        """Tell whether what was sent is as good as null: forms send all of their fields, filled in or not."""
        if value is None or self.blank or not self.null:
            return value is None
        return is_blank(value) and len(value) <= self.max_length

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the text."""
        if not isinstance(value, str):
            raise InvalidValue(NOT_A_STRING)
        if not self.blank and is_blank(value):
            raise InvalidValue(BLANK)
        wrong = self.wrong_length(value)
        if wrong:
            raise InvalidValue(*wrong)
        return value

    def wrong_length(self, value: Any) -> list[str]:
        """Return what is wrong with the length of a text."""
        if not isinstance(value, str) or self.min_length <= len(value) <= self.max_length:
            return []
        if len(value) > self.max_length:
            return [f"Ensure this field has no more than {self.max_length} characters."]
        return [f"Ensure this field has at least {self.min_length} characters."]

    def schema(self) -> dict[str, Any]:
        """Return the schema of a text."""
        min_length = max(self.min_length, 0 if self.blank or self.null else 1)
        return {
            "type": "string",
            **({"minLength": min_length} if min_length else {}),
            "maxLength": self.max_length,
        }


class Secret(Text):
    """A password or token that already exists, so that it is compared and not validated.

    An endpoint that takes one has to throttle; a test checks this for all endpoints.
    """

    def __init__(self, most: int = 1024, **options: bool) -> None:
        super().__init__(most, **options)


class MailedCode(Field):
    """A code as text or as a number; its form is not checked, since a malformed one matches nothing."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the code as text."""
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise InvalidValue("A valid integer is required.")
        return str(value)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a code."""
        return {"anyOf": [{"type": "integer"}, {"type": "string"}], "examples": [281343]}


class Flag(Field):
    """`true` or `false`, and nothing that only resembles them."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the truth value."""
        if not isinstance(value, bool):
            raise InvalidValue(NOT_A_BOOLEAN)
        return value

    def schema(self) -> dict[str, Any]:
        """Return the schema of a truth value."""
        return {"type": "boolean"}


class Choice(Field):
    """One of a few texts."""

    def __init__(self, choices: Sequence[str], **options: bool) -> None:
        super().__init__(**options)
        self.choices = choices

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the choice."""
        if not isinstance(value, str) or not texts.is_quotable(value):
            raise InvalidValue(NOT_A_CHOICE)
        if value not in self.choices:
            raise InvalidValue(f'"{value}" is not a valid choice.')
        return value

    def schema(self) -> dict[str, Any]:
        """Return the schema of a choice."""
        return {"type": "string", "enum": list(self.choices)}


class PrimaryKey(Field):
    """The id of a related record; digits in a string are taken as the number."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the id."""
        digits = isinstance(value, str) and value.isascii() and value.isdigit()
        if not digits and (isinstance(value, bool) or not isinstance(value, int)):
            raise InvalidValue(f"Incorrect type. Expected pk value, received {type_of(value)}.")
        number = ids.parse(value)
        if number is None:
            raise InvalidValue(ids.unknown(value))
        return number

    def schema(self) -> dict[str, Any]:
        """Return the schema of an id."""
        return {
            "title": "IdOrDigits",
            "description": "An id; digits in a string are taken as the number.",
            "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^0*[1-9][0-9]*$"}],
            "examples": [1],
        }


def declared(input_type: Any) -> Mapping[str, tuple[Field, bool]]:
    """Return the fields of an input type by name, each with whether it is required unless in a PATCH."""
    if input_type not in _DECLARED:
        hints = get_type_hints(input_type, include_extras=True)
        _DECLARED[input_type] = {
            declaration.name: _field(declaration, hints[declaration.name])
            for declaration in fields(input_type)
        }
    return _DECLARED[input_type]


def _field(declaration: Declaration[Any], hint: Any) -> tuple[Field, bool]:
    field = next(part for part in hint.__metadata__ if isinstance(part, Field))
    return field, field.required or declaration.default is MISSING


References = Mapping[str, Container[Any]]
"""For fields that name related records, the ids that exist."""

Taken = Callable[[str, Any], str | None]
"""Returns, for a field's name and value, the reason why the value is taken; None if it is free.

Called only if another field is wrong, so that all wrong fields are named at once. Otherwise the write's
condition finds out; checking before it would cost a call and prove nothing.
"""


@frozen
class Form(Generic[T]):
    """A body parsed for an input type: the typed values of its valid fields, and the errors of the others."""

    input_type: type[T]
    body: Mapping[str, Any]
    given: Mapping[str, Any]
    wrong: FieldErrors

    def complete(
        self,
        references: References | None = None,
        taken: Taken | None = None,
        required: Iterable[str] = (),
    ) -> T:
        """Return the typed input.

        Args:
            references: the ids that exist.
            taken: returns the reason why a value is taken.
            required: fields that are required besides those that always are.

        Raises:
            ValidationFailed: every wrong field is named at once, in the declared order.
        """
        getattr(self.input_type, "precondition", lambda body: None)(self.body)
        wrong = {name: [REQUIRED] for name in required if name not in self.body} | self.wrong
        for name, existing in (references or {}).items():
            if name in self.given and self.given[name] not in existing:
                wrong[name] = [ids.unknown(self.given[name])]
        if not wrong:
            return self.input_type(**self.given)
        if taken is not None:
            for name, value in self.given.items():
                if name not in wrong and (reason := taken(name, value)):
                    wrong[name] = [reason]
        in_order = declared(self.input_type)
        raise ValidationFailed({name: wrong[name] for name in in_order if name in wrong})


def parse(input_type: type[T], body: Mapping[str, Any], *, partial: bool = False) -> Form[T]:
    """Return a body's form; unknown fields are ignored, and with `partial` any may be absent."""
    given: dict[str, Any] = {}
    wrong: FieldErrors = {}
    for name, (field, required) in declared(input_type).items():
        if name not in body:
            if required and not partial:
                wrong[name] = [REQUIRED]
        elif field.is_null(body[name]):
            if field.null:
                given[name] = None
            else:
                wrong[name] = [NULL]
        elif any(map(texts.has_unusable_characters, _texts_in(body[name]))):
            wrong[name] = [*field.wrong_length(body[name]), CONTROL_CHARACTERS]
        else:
            try:
                given[name] = field.parse(body[name], body)
            except InvalidValue as error:
                wrong[name] = error.messages
    return Form(input_type, body, given, wrong)


def changes_in(given: Any) -> dict[str, Any]:
    """Return the fields of an input that were given, by name."""
    values = {field.name: getattr(given, field.name) for field in fields(given)}
    return {name: value for name, value in values.items() if value is not UNSET}
