"""Products, their stock and the search."""
