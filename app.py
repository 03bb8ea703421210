"""The Chalice application: registers the endpoints that `chalicelib/endpoints.py` lists."""

import os

from chalicelib.config import served_endpoint
from chalicelib.runtime import Runtime
from chalicelib.web.app import create_app


def runtime() -> Runtime:
    """Return what requests work with; `chalice local` alone also says what is missing for it."""
    if "AWS_CHALICE_CLI_MODE" in os.environ:
        from ops.local import development

        return development.runtime()
    return Runtime.from_environment()


app = create_app(runtime=runtime, serving=served_endpoint())
