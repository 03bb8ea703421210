"""The clients in clients/."""
