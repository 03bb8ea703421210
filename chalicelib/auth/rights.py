"""Rights in an organization: codenames, what they imply, their ids (companion, "Organizations")."""

from collections.abc import Iterable

RESOURCES = ("organization", "organization_member", "role", "service", "client", "order")
VERBS = ("create", "view", "change", "delete")
GURU = "guru"
ORGANIZATION_CREATOR = "organization_creator"

# Roles store codenames; an id is a codename's place in this tuple, counted from 1: append only, rename none.
# A new right is therefore named at the end, and RESOURCES does not grow.
CODENAMES: tuple[str, ...] = (
    *(f"{resource}_{verb}" for resource in RESOURCES for verb in (*VERBS, GURU)),
    "perm_view",
    ORGANIZATION_CREATOR,
)
ID_OF = {codename: number for number, codename in enumerate(CODENAMES, start=1)}
CODENAME_OF = {number: codename for codename, number in ID_OF.items()}
EVERY_RIGHT = frozenset(CODENAMES)

_NAMES = {"perm_view": "Can view permissions", ORGANIZATION_CREATOR: "Can do everything in the organization"}
_VERBS_IN_WORDS = {
    "create": "create",
    "view": "view",
    "change": "change",
    "delete": "delete",
    GURU: "create, view, change and delete",
}
_RESOURCES_IN_WORDS = {
    "organization": "organizations",
    "organization_member": "members of the organization",
    "role": "roles",
    "service": "services",
    "client": "clients",
    "order": "orders",
}


def name_of(codename: str) -> str:
    """Return a right in words, for people who choose among rights."""
    if codename in _NAMES:
        return _NAMES[codename]
    resource, _, verb = codename.rpartition("_")
    return f"Can {_VERBS_IN_WORDS[verb]} {_RESOURCES_IN_WORDS[resource]}"


def effective(codenames: Iterable[str]) -> frozenset[str]:
    """Return the codenames with everything that they imply.

    `<resource>_guru` grants the resource's four rights; `organization_creator` grants every right.
    """
    held = set(codenames)
    if ORGANIZATION_CREATOR in held:
        return EVERY_RIGHT
    for resource in RESOURCES:
        if f"{resource}_{GURU}" in held:
            held.update(f"{resource}_{verb}" for verb in VERBS)
    return frozenset(held)
