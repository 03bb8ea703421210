"""Creates the table where no template does: locally, in tests, at an emulator."""

from chalicelib.table.items import Item


def create_table() -> None:
    """Create the connected table with its indexes unless it exists, and wait until it can be used."""
    Item.create_table(wait=True)
