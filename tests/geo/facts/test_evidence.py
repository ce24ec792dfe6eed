"""What a source amounts to is told by its form, and a row by the best of its sources."""

from __future__ import annotations

import pytest

from geo.errors import InputError
from geo.facts import catalog, evidence

LISTED = {"github.com/a/b": "listed", "copies.cn/7.html": "official", "machine.cn": "unverified"}


@pytest.mark.parametrize(
    ("source", "grade"),
    [
        ("plan-2022 (named)", "official"),
        ("zwgk.mct.gov.cn/a.html (second batch; 2023)", "official"),
        ("copies.cn/7.html (copy of a notice)", "official"),
        ("mygov.cn/a.html", "documented"),
        ("copies.cn/8.html", "documented"),
        ("github.com/a/b list.csv", "listed"),
        ("machine.cn/a.html", "unverified"),
        ("general knowledge", "unverified"),
        ("news.cn", "unverified"),
        ("general knowledge; address: news.cn/a.html", "unverified"),
        ("general knowledge; github.com/a/b list.csv; news.cn/a.html", "documented"),
    ],
)
def test_the_best_source_is_the_grade(source: str, grade: str) -> None:
    assert evidence.grade(source, documents={"plan-2022"}, listed=LISTED) == grade


def test_a_scope_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError, match="'all', expected one of core, wide"):
        catalog.sites(scope="all")
