from chalicelib import routes
from ops import endpoint_table


def test_the_readme_has_the_table_that_the_rows_make() -> None:
    readme = endpoint_table.README.read_text(encoding="utf-8")

    assert endpoint_table.written_into(readme) == readme, "run `python manage.py endpoints --write`"


def test_the_table_has_a_line_for_each_row() -> None:
    lines = endpoint_table.table().splitlines()[2:]

    assert [line.split("`")[1] for line in lines] == [f"{row.method} {row.path}" for row in routes.ALL]
