"""The Chalice application: registers the endpoints that `chalicelib/endpoints.py` lists."""

import gc
import os

# What a start loads, stays: looking for garbage in it, some thirty times, takes a tenth of its CPU.
gc.disable()

from chalicelib.config import served_endpoint  # noqa: E402
from chalicelib.runtime import Runtime  # noqa: E402
from chalicelib.web.app import create_app  # noqa: E402


def runtime() -> Runtime:
    """Return what requests work with; `chalice local` alone also says what is missing for it."""
    if "AWS_CHALICE_CLI_MODE" in os.environ:
        from ops.local import development

        return development.runtime()
    return Runtime.from_environment()


app = create_app(runtime=runtime, serving=served_endpoint())

gc.freeze()
gc.enable()
