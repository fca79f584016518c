"""Bytes → text: each encoding is told from the others, and what is no text says so."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import InputError
from narrate.reading import lines
from narrate.reading.encoding import decode

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "سلام دنیا! این یک متن فارسی است؛ چند واژه دارد و پرسشی: چرا؟\nو خط دوم هم دارد."
# Before Unicode, Persian was typed with the Arabic letters of the code page.
OLD = TEXT.replace("ی", "ي").replace("ک", "ك")


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (TEXT.encode(), TEXT, "utf-8"),
        (TEXT.encode("utf-8-sig"), TEXT, "utf-8"),
        (f"{TEXT}{TEXT}\x1a".encode(), f"{TEXT}{TEXT}\x1a", "utf-8"),
        (TEXT.encode("utf-16"), TEXT, "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, "utf-16"),
        (TEXT.encode("utf-16-le"), TEXT, "utf-16-le"),
        (TEXT.encode("utf-16-be"), TEXT, "utf-16-be"),
        (OLD.encode("cp1256"), OLD, "windows-1256"),
        ("فصل اول\n".replace("ی", "ي").encode("cp1256"), "فصل اول\n", "windows-1256"),
    ],
)
def test_each_encoding_is_told_from_the_others(data: bytes, text: str, encoding: str) -> None:
    assert decode(data, "text") == (text, encoding)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "no text"),
        (hashlib.shake_128(b"noise").digest(4096), "no text"),
        (bytes(1000), "no text"),
        (TEXT.encode() + b"\nbad \xff byte", "broken in line 3"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1], "utf-16 but broken"),
    ],
)
def test_what_is_no_persian_text_says_what_it_is(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^text .*{message}"):
        decode(data, "text")


@given(st.binary(max_size=3000))
def test_any_bytes_give_a_text_or_an_input_error(data: bytes) -> None:
    try:
        text, _ = decode(data, "text")
    except InputError:
        return
    assert text.strip()


def test_an_encoding_that_is_not_utf_8_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(OLD.encode("cp1256"))

    with caplog.at_level(logging.INFO, "narrate"):
        lines(str(path))

    assert caplog.messages == [f"{path}: read as windows-1256"]
