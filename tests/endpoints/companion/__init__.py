"""The companion endpoints for staff, over Chalice's event handling."""
