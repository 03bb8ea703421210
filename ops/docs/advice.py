"""What each error means, and what a client should do about it, for developers who are new to this API."""

from dataclasses import dataclass

from chalicelib import errors
from chalicelib.errors import DomainError
from chalicelib.organizations.members.model import MAX_MEMBERSHIPS
from chalicelib.shop import errors as shop


@dataclass(frozen=True)
class Advice:
    """When an error happens, and what to do.

    Attributes:
        when: ends a sentence that begins with the error's text.
        what_to_do: a sentence.
        sample: the arguments of an error as the document shows it.
    """

    when: str
    what_to_do: str
    sample: tuple[object, ...] = ()


_SIGN_IN = "Sign in, and send the access token as `Authorization: Bearer …`."
_REFRESH = "Refresh the session, or sign in again if that fails; then repeat the request."
_FIX_BODY = "Correct the request; the same one is refused again."

ADVICE: dict[type[DomainError], Advice] = {
    errors.NotAuthenticated: Advice("There is no bearer token.", _SIGN_IN),
    errors.TokenNotValid: Advice(
        "The token is malformed, expired, used up, wrongly signed, or of the other API.", _REFRESH
    ),
    errors.SignInRefused: Advice(
        "No account has this address and this password.", "Ask for them again; wrong tries are limited."
    ),
    errors.PermissionDenied: Advice(
        "The caller lacks the right, is not confirmed, or asks for what is somebody else's.",
        "Don't repeat it: ask the organization for the right, or confirm the account.",
    ),
    errors.SessionOver: Advice("The session behind the token was ended or has expired.", "Sign in again."),
    errors.NotFound: Advice(
        "It does not exist, or is not the caller's to see.", "Take ids from lists, and drop this one."
    ),
    errors.CodeRefused: Advice(
        "The code is wrong, used up, older than 15 minutes, or was never sent.", "Ask for a new code."
    ),
    errors.RoleInUse: Advice(
        "A member has the role, or somebody is invited to it.",
        "Give its members another role, then delete it.",
    ),
    errors.StillOwnsOrganizations: Advice(
        "The account created organizations that are open.", "Close those, then the account."
    ),
    errors.TooManyMemberships: Advice(
        "The user has accepted as many memberships as one can have.",
        "Leave an organization, then accept.",
        (MAX_MEMBERSHIPS,),
    ),
    errors.Throttled: Advice(
        "There were too many attempts, at this account or from this network, or too many codes in a day.",
        "Wait as many seconds as `Retry-After` says; until then even the right password is refused.",
        (7,),
    ),
    errors.ContactMissing: Advice("Neither an email address nor a phone is given.", "Give one of the two."),
    errors.ValidationFailed: Advice(
        "Fields are missing or wrong; each is named, in the order of the document.",
        "Show each message beside its field.",
        ({"name": ["This field is required."]},),
    ),
    errors.WrongParameter: Advice(
        "A query parameter is invalid; it is named.",
        "Correct it. A cursor is good only for the list and the filters that it came with.",
        ("limit", "Must be a whole number from 1 to 100."),
    ),
    errors.Unavailable: Advice(
        "The service is busy; nothing is known to have changed.",
        "Repeat the request after `Retry-After` seconds; before a POST, look whether it has happened.",
    ),
    errors.MalformedBody: Advice("The body is not valid JSON.", _FIX_BODY),
    errors.NotAnObject: Advice("The body is JSON, but not an object.", _FIX_BODY),
    errors.UnsupportedMediaType: Advice(
        "The body is of another type than JSON.", "Send `Content-Type: application/json`.", ("text/plain",)
    ),
    errors.UnsupportedContentEncoding: Advice(
        "The body is compressed.", "Send it as it is, without `Content-Encoding`.", ("gzip",)
    ),
    errors.BodyTooLarge: Advice("The body has more than 256 KiB.", "Send less."),
    errors.Unexpected: Advice(
        "Something failed that should not have.",
        "Repeat a GET once; if it fails again, report it with its `X-Request-Id`.",
    ),
    shop.EmailTaken: Advice("Another customer has this email.", "Ask for another one, or offer to log in."),
    shop.CredentialsMismatch: Advice(
        "No customer has this username and this password.", "Ask for them again; wrong tries are limited."
    ),
    shop.AlreadyInBucket: Advice(
        "The product is in the bucket.", "Change that line's quantity instead: `POST /api/bucket/{uuid}`."
    ),
    shop.ProductNotAvailable: Advice(
        "The product is unknown, withdrawn or sold out.", "Show it as not available."
    ),
    shop.NotEnoughProducts: Advice(
        "More is wanted than is left.", "Read the product again and offer what is left."
    ),
    shop.BucketFull: Advice(
        "The bucket holds as many different products as one order can have.", "Order it, or remove a line."
    ),
    shop.BucketEmpty: Advice("There is nothing to order.", "Put a product in first."),
    shop.InvalidPayment: Advice("There is no such way to pay.", "Send `cash`, `card` or `payu`."),
    shop.NotReturnable: Advice(
        "The order is returned or in error.", "Show the order as it is: read it again."
    ),
    shop.WrongState: Advice(
        "The order has another status than this step starts from.",
        "Read the order again.",
        (("new", "to_pay"),),
    ),
    shop.StockBelowZero: Advice("There is less in stock than would be taken.", "Read the product again."),
}
