"""Service orders: the Orders API."""
