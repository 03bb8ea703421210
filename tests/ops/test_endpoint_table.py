from chalicelib.endpoints import load_all
from ops.docs import endpoint_table


def test_the_page_of_endpoints_is_the_one_that_the_declarations_make() -> None:
    written = endpoint_table.PAGE.read_text(encoding="utf-8")

    assert written == endpoint_table.page(), "run `.venv/bin/python manage.py endpoints --write`"


def test_the_table_has_a_line_for_each_endpoint() -> None:
    lines = endpoint_table.table().splitlines()[2:]

    assert [line.split("`")[1] for line in lines] == [
        f"{endpoint.method} {endpoint.path}" for endpoint in load_all()
    ]
