"""Files that the answers of other endpoints point at."""

from pathlib import Path

from chalicelib.accounts.model import DEFAULT_IMAGE
from chalicelib.auth.permissions import ANYONE
from chalicelib.contract import NOTHING
from chalicelib.web.call import PublicCall
from chalicelib.web.endpoint import GET, endpoint
from chalicelib.web.responses import BinaryResponse

_IMAGE = Path(__file__).parent.parent / "static" / "default-user-image.jpeg"


@endpoint(GET, DEFAULT_IMAGE, who=ANYONE, uses=NOTHING)
def show_default_image(_: PublicCall) -> BinaryResponse:
    """Show the picture of a user without a picture."""
    headers = {"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=86400"}
    return BinaryResponse(_IMAGE.read_bytes(), {**headers}, 200)
