"""The bodies that the API takes, and the answers that it gives. Made by `manage.py clients`."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

Amount: TypeAlias = str | float
"""An amount of money with at most two decimals, in text or as a number."""


IdOrDigits: TypeAlias = int | str
"""An id; digits in a string are taken as the number."""


Payment: TypeAlias = Literal["card", "cash", "payu"]


ProductStatus: TypeAlias = Literal["new", "promotions", "sales"]


ShopOrderStatus: TypeAlias = Literal["new", "to_pay", "paid", "returned", "error"]


class AcceptedCode(TypedDict):
    """The address is confirmed."""

    detail: str


class AddedLine(TypedDict):
    """The answer to `POST bucket`: the one place where money is a number, as documented."""

    customer: str
    quantity: int
    product: str
    value: float


class Asked(TypedDict):
    """The answer to who forgot a password: nothing, whether there is such an account or not."""


class BucketLineObject(TypedDict):
    """A line of the bucket's list."""

    quantity: int
    product: str
    value: str
    bucket_uuid: str


class BucketLineObjectPage(TypedDict):
    """A page: `count` is the whole list's, `next` and `previous` are the addresses of the pages beside it."""

    count: int
    next: str | None
    previous: str | None
    results: list[BucketLineObject]


class ChangedLine(TypedDict):
    """The answer to `POST bucket/{uuid}`."""

    quantity: int


class ChangedOrder(TypedDict):
    """The answer to `order-ud`; `done` only when it was sent."""

    description: str
    executor: int
    done: NotRequired[bool]


class ChangedPassword(TypedDict):
    """The answer to `PUT setpassword`; the password is its hash, most of it hidden."""

    password: str
    username: str


class ClientChange(TypedDict):
    """What a PUT or a PATCH sets."""

    organization: IdOrDigits | list[IdOrDigits]
    surname: NotRequired[str]
    name: str
    patronymic: NotRequired[str]
    address: NotRequired[str]
    phone: str
    links: NotRequired[dict[str, Any] | None]


class ClientObject(TypedDict):
    """A client; its organization is an id."""

    id: int
    surname: str
    name: str
    patronymic: str
    address: str
    phone: str
    links: dict[str, Any] | None
    organization: int
    created_at: str
    updated_at: str


class Closing(TypedDict):
    """What it takes to close an account."""

    old_password: str


class CreatedOrder(TypedDict):
    """The answer to `order-c`."""

    description: str
    creator: int
    executor: int
    client: int
    service: int
    organization: int


class Credentials(TypedDict):
    """An email, or else a phone, and the account's password."""

    email: NotRequired[str | None]
    phone: NotRequired[str | None]
    password: str


class CustomerObject(TypedDict):
    """A customer: the uuid, then the profile."""

    uuid: str
    username: str
    first_name: str
    last_name: str
    email: str
    phone: str
    city: str


class CustomerObjectPage(TypedDict):
    """A page: `count` is the whole list's, `next` and `previous` are the addresses of the pages beside it."""

    count: int
    next: str | None
    previous: str | None
    results: list[CustomerObject]


class CustomerPasswordReset(TypedDict):
    """The address, the code that was mailed there, and the new password."""

    email: str
    code: int | str
    password: str


class CustomerTokens(TypedDict):
    """A pair of tokens; `expired_at` is the access token's lifetime in seconds."""

    access: str
    refresh: str
    expired_at: int


class ForgottenPassword(TypedDict):
    """The account's address. Its form is not checked: an invalid one simply belongs to no account."""

    email: str


class GivenCode(TypedDict):
    """The code, and of what kind of contact it is."""

    type_code: str
    code: int | str


class InOrganization(TypedDict):
    """Names the organization in which the right is needed."""

    organization: IdOrDigits


class InOrganizationOrList(TypedDict):
    """Names the organization in which the right is needed."""

    organization: IdOrDigits | list[IdOrDigits]


class InvitationObject(TypedDict):
    """A membership that I was offered and have not accepted yet."""

    id: int
    organization: OrganizationName
    role: RoleName
    created_at: str


class LineChange(TypedDict):
    """The quantity that a line is to have; 0 removes it."""

    quantity: int


class ListedProduct(TypedDict):
    """A product in the list, whose key there is its uuid; `quantity` is what can still be bought."""

    status: ProductStatus
    name: str
    description: str
    price: str
    product_type: str
    quantity: int


class ListedProductPage(TypedDict):
    """A page: `count` is the whole list's, `next` and `previous` are the addresses of the pages beside it."""

    count: int
    next: str | None
    previous: str | None
    results: dict[str, ListedProduct]


class LoggedIn(TypedDict):
    """The answer to `POST login`: the customer's uuid, and a pair of tokens."""

    status: str
    user: str
    access: str
    refresh: str
    expired_at: int


class Login(TypedDict):
    """The credentials of a customer."""

    username: str
    password: str


class MailedCode(TypedDict):
    """Nothing when a code was mailed; `detail` says that none was needed."""

    detail: NotRequired[str]


class MemberChange(TypedDict):
    """What a PUT or a PATCH sets."""

    organization: IdOrDigits
    user: IdOrDigits
    role: IdOrDigits


class MemberObject(TypedDict):
    """A membership; its user, role and organization are ids. Until it is accepted it gives no right."""

    id: int
    user: int
    role: int
    organization: int
    accepted: bool
    created_at: str
    updated_at: str


class NewClient(TypedDict):
    """A client to create."""

    organization: IdOrDigits | list[IdOrDigits]
    surname: NotRequired[str]
    name: str
    patronymic: NotRequired[str]
    address: NotRequired[str]
    phone: str
    links: NotRequired[dict[str, Any] | None]


class NewLine(TypedDict):
    """A product to put in."""

    quantity: int
    product: str


class NewMember(TypedDict):
    """A membership to create."""

    organization: IdOrDigits
    user: IdOrDigits
    role: IdOrDigits


class NewOrder(TypedDict):
    """An order to create."""

    organization: IdOrDigits
    description: str
    creator: IdOrDigits
    executor: IdOrDigits
    client: IdOrDigits
    service: IdOrDigits


class NewOrganization(TypedDict):
    """An organization to create."""

    name: str
    description: NotRequired[str]
    address: NotRequired[str]
    numbers: NotRequired[dict[str, Any] | None]
    links: NotRequired[dict[str, Any] | None]


class NewProduct(TypedDict):
    """A product to create, with its first stock."""

    name: str
    description: str
    price: Amount
    product_type: str
    status: ProductStatus
    quantity: NotRequired[int]


class NewRole(TypedDict):
    """A role to create."""

    organization: IdOrDigits
    name: str
    permissions: list[IdOrDigits]


class NewService(TypedDict):
    """A service to create."""

    organization: IdOrDigits
    name: str
    address: str
    phone: str


class NewShopOrder(TypedDict):
    """How the order will be paid; it takes everything in the bucket."""

    payment: str


class NewStock(TypedDict):
    """How much is to be there from now on."""

    quantity: int


class NewUser(TypedDict):
    """An account to register."""

    surname: str
    name: str
    patronymic: str
    address: str
    email: NotRequired[str | None]
    phone: NotRequired[str | None]
    password: str


class OrderChange(TypedDict):
    """What a PUT (all but `done`) or a PATCH (any) sets."""

    organization: IdOrDigits
    description: str
    executor: IdOrDigits
    done: NotRequired[bool]


class OrderLineObject(TypedDict):
    """A line of an order's details."""

    order_product_uuid: str
    quantity: int
    value: str
    order: str
    product: str


class OrderObject(TypedDict):
    """An order with the objects that it names, but for its client, which is an id."""

    id: int
    order_code: int
    description: str
    creator: UserObject
    executor: UserObject
    organization: OrganizationObject
    client: int
    done: bool
    service: ServiceObject
    created_at: str
    updated_at: str


class OrganizationChange(TypedDict):
    """What a PUT or a PATCH sets."""

    name: str
    description: NotRequired[str]
    address: NotRequired[str]
    numbers: NotRequired[dict[str, Any] | None]
    links: NotRequired[dict[str, Any] | None]


class OrganizationName(TypedDict):
    """The organization that invites."""

    id: int
    name: str


class OrganizationObject(TypedDict):
    """An organization with its creator."""

    id: int
    name: str
    description: str
    address: str
    creator: UserObject
    created_at: str
    numbers: dict[str, Any] | None
    links: dict[str, Any] | None
    updated_at: str


class PartialClientChange(TypedDict):
    """What a PUT or a PATCH sets. What is absent stays as it is."""

    organization: IdOrDigits | list[IdOrDigits]
    surname: NotRequired[str]
    name: NotRequired[str]
    patronymic: NotRequired[str]
    address: NotRequired[str]
    phone: NotRequired[str]
    links: NotRequired[dict[str, Any] | None]


class PartialMemberChange(TypedDict):
    """What a PUT or a PATCH sets. What is absent stays as it is."""

    organization: IdOrDigits
    user: NotRequired[IdOrDigits]
    role: NotRequired[IdOrDigits]


class PartialOrderChange(TypedDict):
    """What a PUT (all but `done`) or a PATCH (any) sets. What is absent stays as it is."""

    organization: IdOrDigits
    description: NotRequired[str]
    executor: NotRequired[IdOrDigits]
    done: NotRequired[bool]


class PartialOrganizationChange(TypedDict):
    """What a PUT or a PATCH sets. What is absent stays as it is."""

    name: NotRequired[str]
    description: NotRequired[str]
    address: NotRequired[str]
    numbers: NotRequired[dict[str, Any] | None]
    links: NotRequired[dict[str, Any] | None]


class PartialProductChange(TypedDict):
    """What a PUT (all) or a PATCH (any) sets. What is absent stays as it is."""

    name: NotRequired[str]
    description: NotRequired[str]
    price: NotRequired[Amount]
    product_type: NotRequired[str]
    status: NotRequired[ProductStatus]


class PartialRoleChange(TypedDict):
    """What a PUT or a PATCH sets. What is absent stays as it is."""

    organization: IdOrDigits
    name: NotRequired[str]
    permissions: NotRequired[list[IdOrDigits]]


class PartialServiceChange(TypedDict):
    """What a PUT or a PATCH sets. What is absent stays as it is."""

    organization: IdOrDigits
    name: NotRequired[str]
    address: NotRequired[str]
    phone: NotRequired[str]


class PartialUserChange(TypedDict):
    """What a PUT or a PATCH sets; null or blanks take a contact away. What is absent stays as it is."""

    surname: NotRequired[str]
    name: NotRequired[str]
    patronymic: NotRequired[str]
    address: NotRequired[str]
    email: NotRequired[str | None]
    phone: NotRequired[str | None]
    password: NotRequired[str]
    old_password: NotRequired[str]


class PasswordChange(TypedDict):
    """The credentials of a customer, and the new password."""

    username: str
    old_password: str
    password: str


class PasswordReset(TypedDict):
    """The address, the code that was mailed there, and the new password."""

    email: str
    code: int | str
    password: str


class PaymentNote(TypedDict):
    """When an order was paid; the time of the request if absent."""

    date_paid: NotRequired[str]


class PermissionObject(TypedDict):
    """A right that a role can have."""

    id: int
    name: str
    codename: str


class ProductChange(TypedDict):
    """What a PUT (all) or a PATCH (any) sets."""

    name: str
    description: str
    price: Amount
    product_type: str
    status: ProductStatus


class ProductObject(TypedDict):
    """A product outside a list."""

    uuid: str
    status: ProductStatus
    name: str
    description: str
    price: str
    product_type: str
    quantity: int


class Profile(TypedDict):
    """A profile; of the optional fields, those that are not given stay as they are."""

    username: str
    first_name: NotRequired[str]
    last_name: NotRequired[str]
    email: str
    phone: NotRequired[str]
    city: NotRequired[str]


class ProfileObject(TypedDict):
    """The answer to `PUT profile`."""

    username: str
    first_name: str
    last_name: str
    email: str
    phone: str
    city: str


class ProfileRemoval(TypedDict):
    """The customer's password."""

    password: str


class RefreshToken(TypedDict):
    """A refresh token to exchange."""

    refresh: str


class RegisteredUser(TypedDict):
    """An account just registered; a contact only when it was given."""

    surname: str
    name: str
    patronymic: str
    address: str
    email: NotRequired[str | None]
    phone: NotRequired[str | None]


class Registration(TypedDict):
    """A customer to register."""

    username: str
    first_name: NotRequired[str]
    last_name: NotRequired[str]
    email: str
    phone: NotRequired[str]
    city: NotRequired[str]
    password: str


class RoleChange(TypedDict):
    """What a PUT or a PATCH sets."""

    organization: IdOrDigits
    name: str
    permissions: list[IdOrDigits]


class RoleName(TypedDict):
    """The role that a membership comes with."""

    id: int
    name: str


class RoleObject(TypedDict):
    """A role; its permissions and its organization are ids."""

    id: int
    name: str
    permissions: list[int]
    organization: int
    created_at: str
    updated_at: str


class ServiceChange(TypedDict):
    """What a PUT or a PATCH sets."""

    organization: IdOrDigits
    name: str
    address: str
    phone: str


class ServiceObject(TypedDict):
    """A service with its organization."""

    id: int
    name: str
    address: str
    phone: str
    organization: OrganizationObject
    created_at: str
    updated_at: str


class SessionObject(TypedDict):
    """A session; its user is an id."""

    id: int
    user: int
    device: str
    created_at: str


class ShopOrderObject(TypedDict):
    """An order as its details begin."""

    order_uuid: str
    status: ShopOrderStatus
    date_created: str
    date_paid: str | None
    sum: str
    payment: Payment


class ShopOrderObjectPage(TypedDict):
    """A page: `count` is the whole list's, `next` and `previous` are the addresses of the pages beside it."""

    count: int
    next: str | None
    previous: str | None
    results: list[ShopOrderObject]


class ShopOrderWithCustomer(TypedDict):
    """An order as `POST orders` and the administration show it."""

    order_uuid: str
    status: ShopOrderStatus
    date_created: str
    date_paid: str | None
    sum: str
    payment: Payment
    customer: str


class ShopOrderWithCustomerPage(TypedDict):
    """A page: `count` is the whole list's, `next` and `previous` are the addresses of the pages beside it."""

    count: int
    next: str | None
    previous: str | None
    results: list[ShopOrderWithCustomer]


class StatusMessage(TypedDict):
    """The answer to an operation without a result: `status` is always `OK`."""

    status: str
    message: str


class StockAdjustment(TypedDict):
    """By how much the stock changes, and why."""

    adjust: int
    reason: str


class Tokens(TypedDict):
    """A pair of tokens; `expired_at` is the access token's lifetime in seconds."""

    refresh: str
    access: str
    expired_at: int


class UserChange(TypedDict):
    """What a PUT or a PATCH sets; null or blanks take a contact away."""

    surname: str
    name: str
    patronymic: str
    address: str
    email: NotRequired[str | None]
    phone: NotRequired[str | None]
    password: NotRequired[str]
    old_password: NotRequired[str]


class UserObject(TypedDict):
    """A user."""

    id: int
    surname: str
    name: str
    patronymic: str
    address: str
    email: str | None
    phone: str | None
    image: str
    confirmed_email: bool
    confirmed_phone: bool
    created_at: str
    updated_at: str


ShopOrderDetails: TypeAlias = tuple[ShopOrderObject, list[OrderLineObject]]
"""An order, then its lines: an array of the two."""


ShopOrderDetailsWithCustomer: TypeAlias = tuple[ShopOrderWithCustomer, list[OrderLineObject]]
"""An order with its customer, then its lines."""
