"""Requests that nobody thought of: Schemathesis makes them from the API document."""
