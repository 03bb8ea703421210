"""The Chalice application: registers what `chalicelib/routes.py` lists."""

from chalicelib.config import served_endpoint
from chalicelib.web.app import create_app

app = create_app(serving=served_endpoint())
