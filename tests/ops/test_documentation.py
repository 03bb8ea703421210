"""The documents for people: links lead somewhere, and what must be complete is."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from chalicelib.config import Settings
from ops.deploy.package.stages import Stage

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DECISIONS = DOCS / "decisions"
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(DOCS.rglob("*.md")),
    *sorted(ROOT.glob("clients/*/README.md")),
    ROOT / "benchmarks" / "README.md",
    ROOT / "tests" / "README.md",
]
MAX_LINES_OF_README = 130

_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _links(page: Path) -> Iterator[str]:
    """Yield where a page's relative links lead."""
    for target in _LINK.findall(_CODE.sub("", _text(page))):
        if "://" not in target and not target.startswith("mailto:"):
            yield target


def _anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub makes of a page's headings."""
    headings = (heading.lower().replace(" ", "-") for heading in _HEADING.findall(_text(page)))
    return {re.sub(r"[^\w-]", "", heading) for heading in headings}


def _leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in _anchors(target))


def _rows(page: Path) -> list[list[str]]:
    """Return the cells of a page's tables, without heads."""
    lines = [line for line in _text(page).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def _in_first_column(page: Path) -> set[str]:
    """Return what the first column of a page's tables gives in code type."""
    return {name for row in _rows(page) for name in re.findall(r"`([^`]+)`", row[0])}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in _links(page) if not _leads_somewhere(page, link)] == []


def test_the_readme_can_be_read_in_one_go() -> None:
    assert len(_text(ROOT / "README.md").splitlines()) <= MAX_LINES_OF_README


def test_the_index_has_every_decision_under_its_number_and_title() -> None:
    decisions = sorted(DECISIONS.glob("[0-9]*.md"))

    told = [row[:2] for row in _rows(DECISIONS / "README.md") if row[0].isdigit()]

    titles = [_HEADING.findall(_text(decision))[0] for decision in decisions]
    assert told == [
        [str(int(decision.name[:4])), f"[{title}]({decision.name})"]
        for decision, title in zip(decisions, titles, strict=True)
    ]


def test_every_decision_in_the_index_has_a_date_and_a_status_and_what_replaced_it() -> None:
    rows = [row for row in _rows(DECISIONS / "README.md") if row[0].isdigit()]

    assert rows
    for number, _, date, status, replaced_by in rows:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", date), number
        assert status in {"accepted", "replaced", "replaced in part"}, number
        assert bool(replaced_by) == (status != "accepted"), number


def test_every_setting_of_the_functions_is_documented() -> None:
    variables = {field.name.upper() for field in fields(Settings)} | {"SIGNING_KEYS_SECRET"}

    assert variables <= _in_first_column(DOCS / "configuration.md")


def test_every_setting_of_a_stage_is_documented() -> None:
    from_elsewhere = {"name", "app_name", "api_stage"}

    settings = {field.name for field in fields(Stage)} - from_elsewhere

    assert settings <= _in_first_column(DOCS / "configuration.md")
