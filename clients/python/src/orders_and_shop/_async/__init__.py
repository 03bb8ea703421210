"""The asynchronous clients; `_sync` is made of this."""
