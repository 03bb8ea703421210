"""The part of the document that says once what its operations refer to."""

from typing import Any

Json = dict[str, Any]


class Components:
    """Schemas, responses, parameters, headers and examples by name, collected while operations are made."""

    def __init__(self) -> None:
        self._sections: dict[str, Json] = {}

    def refer(self, section: str, name: str, value: Json) -> Json:
        """Keep a value under a name, and return the reference to it.

        Raises:
            ValueError: the name already stands for something else.
        """
        known = self._sections.setdefault(section, {}).setdefault(name, value)
        if known != value:
            raise ValueError(f"two different {section} are called {name}")
        return {"$ref": f"#/components/{section}/{name}"}

    def resolved(self, value: Json) -> Json:
        """Return what a value refers to, itself when it is no reference."""
        if "$ref" not in value:
            return value
        section, name = value["$ref"].split("/")[-2:]
        found: Json = self._sections[section][name]
        return found

    def as_json(self) -> Json:
        """Return all sections, each in the order of names."""
        return {section: dict(sorted(named.items())) for section, named in sorted(self._sections.items())}
