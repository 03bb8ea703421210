"""`GET /api/products` and `GET /api/products/{uuid}`: the public list, its search, its pages."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest

from chalicelib.shop.products.model import Product
from chalicelib.table import keys
from tests.shop.envelopes import assert_walks_both_ways, wrong_page_sizes
from tests.shop.refusals import NOT_FOUND, invalid, told
from tests.support.late_items import visible_late
from tests.support.shop import Administrator, Shop
from tests.support.world import World


@pytest.fixture
def kind(shop: Shop) -> str:
    """A product type that no other test uses, so that lists hold what the test made."""
    return f"type {shop.staff.user().id}"


def _named(world: World, name: str, kind: str) -> list[str]:
    path = f"/api/products?name={quote(name)}&type={quote(kind)}"
    answer = world.call("GET", path)
    assert answer.status == 200, answer.text
    assert answer.json["count"] == len(answer.json["results"])
    return [product["name"] for product in answer.json["results"].values()]


def _shown(product: Product, price: str, quantity: int) -> dict[str, object]:
    return {
        "status": product.status,
        "name": product.name,
        "description": product.description,
        "price": price,
        "product_type": product.product_type,
        "quantity": quantity,
    }


def test_lists_products_by_uuid_oldest_first(shop: Shop, kind: str) -> None:
    products = []
    for price in (300_050, 1, 99_999_999):
        shop.world.clock.advance(seconds=1)
        products.append(shop.product(9, product_type=kind, price=price, status="sales"))

    answer = shop.world.call("GET", f"/api/products?type={quote(kind)}")

    printed = ("3000.50", "0.01", "999999.99")
    results = {
        product.uuid: _shown(product, price, 9) for product, price in zip(products, printed, strict=True)
    }
    assert told(answer) == (200, {"count": 3, "next": None, "previous": None, "results": results})
    assert list(answer.json["results"]) == [product.uuid for product in products]


def test_is_public_and_minds_no_token(shop: Shop, kind: str) -> None:
    answer = shop.world.call("GET", f"/api/products?type={quote(kind)}", token="not.a.token")

    assert told(answer) == (200, {"count": 0, "next": None, "previous": None, "results": {}})


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("tele", ["telewizor", "telefon", "LED telewizor"]),
        ("TELE", ["telewizor", "telefon", "LED telewizor"]),
        ("telew", ["telewizor", "LED telewizor"]),
        ("led", ["LED telewizor"]),
        ("led tele", ["LED telewizor"]),
        ("led  tele", ["LED telewizor"]),
        (" tele", ["telewizor", "telefon", "LED telewizor"]),
        ("telewizor", ["telewizor", "LED telewizor"]),
        ("wizor", []),
        ("fon", []),
        ("telewizory", []),
        ("x", []),
        ("%", []),
        ("#", []),
        ("\0", []),
    ],
)
def test_a_name_is_found_by_the_beginning_of_any_word(
    shop: Shop, kind: str, searched: str, found: list[str]
) -> None:
    for name in ("telewizor", "telefon", "LED telewizor"):
        shop.world.clock.advance(seconds=1)
        shop.product(product_type=kind, name=name)

    assert _named(shop.world, searched, kind) == found


@pytest.mark.parametrize(
    ("name", "searches", "misses"),
    [
        ("Żółta łódź", ["żó", "ŻÓŁ", "łódź", "ŁÓD"], ["zo", "lodz"]),
        ("Straße 5", ["strasse", "STRASSE", "straß", "5"], ["asse"]),
        ("Телефон чёрный", ["теле", "ЧЁР"], ["фон"]),
        ("電話 赤い", ["電", "赤"], ["話"]),
        ("LED-TV (nowy)", ["led-tv", "tv", "(nowy", "nowy"], ["owy"]),
        ("50% #1 best", ["50%", "#1", "1 b", "best"], ["0%"]),
        ("TV 📺 set", ["📺", "set"], ["et"]),
        ("  blanks  inside ", ["blanks inside", "inside"], ["lanks"]),
        ("हिन्दी किताब", ["हि", "हिन्दी", "कि"], ["न्दी", "दी", "ताब"]),
        ("cr\u00e8me br\u00fbl\u00e9e", ["cre\u0300me", "CR\u00c8", "bru\u0302"], ["me"]),
        ("cre\u0300me bru\u0302le\u0301e", ["cr\u00e8me", "bru\u0302", "br\u00fbl\u00e9"], ["me", "lée"]),
        ("שָׁלוֹם עוֹלָם", ["שָׁלוֹם", "עוֹלָם"], ["לוֹם"]),
        ("İSTANBUL kahve", ["istanbul", "İstan", "i\u0307stan", "kahve"], ["stan"]),
        ("\u0301mark first", ["\u0301mark first", "mark", "first", "\u0301first"], ["ark"]),
        ("\u20de box", ["\u20de box", "box"], ["ox"]),
        ("ze\u200bro\u00adwidth", ["zerowidth", "ze\u200bro"], ["ro"]),
        ("\ufdfa" * 50, ["\ufdfa", "\ufdfa" * 50], ["\ufdfa" * 2 + "x"]),
    ],
)
def test_any_text_is_found_whatever_its_case(
    shop: Shop, kind: str, name: str, searches: list[str], misses: list[str]
) -> None:
    shop.product(product_type=kind, name=name)

    assert [_named(shop.world, search, kind) for search in searches] == [[name]] * len(searches)
    assert [_named(shop.world, miss, kind) for miss in misses] == [[]] * len(misses)


def test_a_type_is_compared_as_it_is_written(shop: Shop, kind: str) -> None:
    for written in (kind, kind.upper(), f"{kind} "):
        shop.product(product_type=written, name=f"in {written}")

    assert _named(shop.world, "", kind) == [f"in {kind}"]
    assert _named(shop.world, "", kind.upper()) == [f"in {kind.upper()}"]
    assert _named(shop.world, "in", f"{kind} ") == [f"in {kind} "]
    assert _named(shop.world, "", kind[:-1]) == []


def test_too_long_a_search_finds_nothing(shop: Shop) -> None:
    assert [_named(shop.world, "x" * 5_000, ""), _named(shop.world, "", "x" * 5_000)] == [[], []]


def test_a_parameter_is_given_once(shop: Shop) -> None:
    for name in ("name", "type"):
        answer = shop.world.call("GET", f"/api/products?{name}=a&{name}=b")
        assert told(answer) == invalid(**{name: ["Give this parameter once."]})


def test_a_sold_out_product_stays_with_nothing_left(shop: Shop, kind: str) -> None:
    product = shop.product(2, product_type=kind)
    shop.shopper().line(product, 2)

    for search in ("", product.name):
        listed = shop.world.call("GET", f"/api/products?type={quote(kind)}&name={search}").json
        assert [shown["quantity"] for shown in listed["results"].values()] == [0]


def test_a_product_is_shown_with_its_stock_however_early(shop: Shop) -> None:
    made: list[Product] = []

    with visible_late(shop.world, lambda: made.append(shop.product(7)), "/STOCK"):
        answer = shop.world.call("GET", f"/api/products/{made[0].uuid}")

    assert (answer.status, answer.json["quantity"]) == (200, 7)


def test_a_product_without_a_stock_is_left_out_and_all_others_are_listed(shop: Shop, kind: str) -> None:
    lost, kept = (shop.product(product_type=kind, name=f"{name} thing") for name in ("lost", "kept"))
    pk, sk = keys.stock(lost.uuid)
    shop.world.request("DeleteItem", Key={"pk": {"S": pk}, "sk": {"S": sk}})

    for target in (f"/api/products?type={kind}", f"/api/products?type={kind}&name=thing"):
        answer = shop.world.call("GET", target)
        assert (answer.status, list(answer.json["results"])) == (200, [kept.uuid])


def test_a_withdrawn_product_disappears(shop: Shop, kind: str, administrator: Administrator) -> None:
    product = shop.product(product_type=kind, name="vanishing thing")
    assert _named(shop.world, "vani", kind) == ["vanishing thing"]

    administrator.withdraw(product)

    assert [_named(shop.world, search, kind) for search in ("", "vani", "thing")] == [[]] * 3
    assert told(shop.world.call("GET", f"/api/products/{product.uuid}")) == NOT_FOUND


def test_a_renamed_product_is_found_by_its_new_name_only(
    shop: Shop, kind: str, administrator: Administrator
) -> None:
    product = shop.product(product_type=kind, name="old radio")

    administrator.call("PATCH", f"products/{product.uuid}", {"name": "new radio"})

    assert [_named(shop.world, search, kind) for search in ("old", "new", "radio")] == [
        [],
        ["new radio"],
        ["new radio"],
    ]


def test_a_product_of_another_type_is_found_there_only(
    shop: Shop, kind: str, administrator: Administrator
) -> None:
    product = shop.product(product_type=kind, name="moving radio")

    administrator.call("PATCH", f"products/{product.uuid}", {"product_type": f"{kind} moved"})

    for search in ("", "radio"):
        assert _named(shop.world, search, kind) == []
        assert _named(shop.world, search, f"{kind} moved") == ["moving radio"]


def test_pages_lead_forward_and_back_over_every_product_once(shop: Shop, kind: str) -> None:
    products = []
    for number in range(7):
        shop.world.clock.advance(seconds=number % 2)  # some of one moment
        products.append(shop.product(product_type=kind, name=f"walk {number}").uuid)

    for search in ("", "&name=walk"):
        for size in (1, 3, 7, 100):
            path = f"/api/products?type={quote(kind)}&page_size={size}{search}"
            walked = assert_walks_both_ways(shop.world.call, path, size, 7)
            assert sorted(uuid for uuid, _ in walked) == sorted(products)


def test_the_address_of_a_page_repeats_the_parameters_that_a_list_has(shop: Shop, kind: str) -> None:
    for _ in range(2):
        shop.product(product_type=kind)
    asked = {"type": kind, "name": "", "page_size": "1"}

    answer = shop.world.call("GET", f"/api/products?{urlencode(asked)}&x={'%27' * 3000}&limit=9")

    given = parse_qsl(urlsplit(answer.json["next"]).query, keep_blank_values=True)
    assert {name: value for name, value in given if name != "cursor"} == asked
    assert len(answer.json["next"]) < 500


def test_a_cursor_belongs_to_its_search(shop: Shop, kind: str) -> None:
    for _ in range(2):
        shop.product(product_type=kind)
    following = shop.world.call("GET", f"/api/products?page_size=1&type={quote(kind)}").json["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]

    answer = shop.world.call("GET", f"/api/products?page_size=1&cursor={cursor}")

    assert told(answer) == invalid(cursor=["Invalid cursor."])


def test_a_wrong_page_size_is_named(shop: Shop) -> None:
    wrong_page_sizes(shop.world.call, "/api/products")
    wrong_page_sizes(shop.world.call, "/api/products?name=a")


def test_one_product_is_shown_with_its_uuid(shop: Shop) -> None:
    product = shop.product(3, price=1_050)

    answer = shop.world.call("GET", f"/api/products/{product.uuid}")

    assert told(answer) == (200, {"uuid": product.uuid, **_shown(product, "10.50", 3)})
    assert shop.world.call("GET", f"/api/products/{product.uuid.upper()}/") == answer


@pytest.mark.parametrize("uuid", ["00000000-0000-4000-8000-000000000000", "telewizor", "1", "%23"])
def test_a_product_that_is_not_there_is_not_found(shop: Shop, uuid: str) -> None:
    assert told(shop.world.call("GET", f"/api/products/{uuid}")) == NOT_FOUND
