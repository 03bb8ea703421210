"""Tests of what only people run."""
