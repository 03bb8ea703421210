"""Confirming a mail address: `/verify-info/…`."""

from collections.abc import Iterable

from chalice.app import Response

from chalicelib import routes
from chalicelib.accounts import inputs as users_in
from chalicelib.accounts.confirmation import service as verification
from chalicelib.auth import old_throttling as abuse
from chalicelib.auth.old_throttling import Watch
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import StaffRequest
from chalicelib.web.responses import json_response


def _code(request: StaffRequest) -> Iterable[Key]:
    return [keys.confirmation(int(request.caller or 0))]


def _watch(request: StaffRequest) -> Watch:
    return abuse.watched(request.address, request.runtime)


@endpoint(routes.MAIL_CODE, reads=_code)
def mail_code(request: StaffRequest) -> Response:
    """Mail me a confirmation code."""
    mailed = verification.mail_code(
        principal=request.principal, records=request.records, runtime=request.runtime
    )
    return json_response(200, {} if mailed else {"detail": "Already confirmed"})


@endpoint(routes.ACCEPT_CODE, reads=lambda request: [*_code(request), *_watch(request).keys])
def accept_code(request: StaffRequest) -> Response:
    """Confirm my address with the code that was mailed to it."""
    verification.accept_code(
        users_in.load_confirmation(request.body),
        watch=_watch(request),
        principal=request.principal,
        records=request.records,
        runtime=request.runtime,
    )
    return json_response(200, {"detail": "Successfully confirmed"})
