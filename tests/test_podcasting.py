"""Facts of the field, as its specifications tell them."""

from __future__ import annotations

import pytest

from narrate.podcasting import CATEGORIES, is_address, show_guid


@pytest.mark.parametrize("scheme", ["https://", "http://", ""])
@pytest.mark.parametrize("slashes", ["", "/", "//"])
@pytest.mark.parametrize(
    ("url", "guid"),
    [
        ("mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_guids_are_those_of_the_specification(
    scheme: str, url: str, slashes: str, guid: str
) -> None:
    assert show_guid(f"{scheme}{url}{slashes}") == guid


def test_apple_has_19_categories_and_their_parts() -> None:
    assert len(CATEGORIES) == 19
    assert all(len(set(below)) == len(below) for below in CATEGORIES.values())


@pytest.mark.parametrize("url", ["https://a.ir", "http://a.ir/ب?c=1#d", "https://[::1]:80/"])
def test_an_address_is_one(url: str) -> None:
    assert is_address(url)


@pytest.mark.parametrize("url", ["", "a.ir", "ftp://a.ir", "https://", "https://[", "https://a b/"])
def test_anything_else_is_none(url: str) -> None:
    assert not is_address(url)
