"""Organizations with their members, roles, services and clients."""
