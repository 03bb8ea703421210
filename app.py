"""The Chalice application: registers what `chalicelib/routes.py` lists."""

from chalicelib.web.app import create_app

app = create_app()
