"""The synchronous clients. Made of `_async` by `manage.py clients`."""
