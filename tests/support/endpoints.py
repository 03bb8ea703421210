"""The endpoints by name."""

from chalicelib.endpoints import load_all

ENDPOINTS = {endpoint.name: endpoint for endpoint in load_all()}
