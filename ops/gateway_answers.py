"""What API Gateway answers by itself, deployed and on this machine."""

from chalicelib.web.responses import NOSNIFF, cors_headers

NOT_FOUND = (404, "Not found.")
TOO_LARGE = (413, "Request entity too large.")
BAD_REQUEST = (400, "Bad request.")
FAILED = (500, "Internal server error.")

_METHODS = "GET,POST,PUT,PATCH,DELETE,OPTIONS"
_HEADERS = "Authorization,Content-Type"


def body_of(text: str) -> dict[str, str]:
    """Return a body in the error style of both surfaces."""
    return {"detail": text, "message": (text[0].lower() + text[1:]).removesuffix(".")}


def error_headers(allowed_origin: str | None) -> dict[str, str]:
    """Return the headers of an error, but for the request's id."""
    return {"Cache-Control": "no-store", **NOSNIFF, **cors_headers(allowed_origin)}


def preflight_headers(allowed_origin: str) -> dict[str, str]:
    """Return what a browser wants to know before it lets a page of the origin send a request."""
    return {
        "Access-Control-Allow-Origin": allowed_origin,
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": _HEADERS,
        "Access-Control-Max-Age": "3600",
        **NOSNIFF,
    }
