"""Closing a customer's account."""
