"""Files that the answers of other endpoints point at."""

from pathlib import Path

from chalice.app import Response

from chalicelib import routes
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import AnonymousRequest
from chalicelib.web.responses import BinaryResponse

_IMAGE = Path(__file__).parent.parent / "static" / "default-user-image.jpeg"


@endpoint(routes.SHOW_DEFAULT_IMAGE)
def show_default_image(_: AnonymousRequest) -> Response:
    """Show the picture of a user without a picture."""
    headers = {"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=86400"}
    return BinaryResponse(_IMAGE.read_bytes(), {**headers}, 200)
