"""The API's version that the client is made for."""

__version__ = "1.0.0"
