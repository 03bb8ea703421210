"""Attacks as strangers make them: many requests at the same moment, on engines that keep callers apart."""
