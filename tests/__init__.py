"""Tests: they mirror the packages, and `contract/` holds what is true of all routes."""
