"""Files that mean harm, or that were damaged: each is a book or one clear line, in bounds."""

from __future__ import annotations

import io
import random
import zipfile
from typing import TYPE_CHECKING

import pytest

from narrate.errors import InputError, NarrateError
from narrate.reading.trees import xml
from tests.reading import makers
from tests.reading.makers import packed
from tests.reading.test_formats import FILES, book_of, texts
from tests.reading.test_producers import BOOKS

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 2_000
MADE = FILES | {"web page": (BOOKS / "page.html").read_bytes}


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, rng: random.Random) -> bytes:
    """Return `data` damaged in a few places: bytes lost, doubled, moved, or others."""
    result = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        if not result:
            break
        at, size = rng.randrange(len(result)), rng.choice((1, 2, 8, 64, 512))
        piece = result[at : at + size]
        match rng.randrange(5):
            case 0:
                result[at : at + size] = rng.randbytes(len(piece))
            case 1:
                del result[at : at + size]
            case 2:
                result[at:at] = piece * rng.choice((1, 2, 50))
            case 3:
                result[at:at] = rng.choice(
                    (b"<", b">", b"&", b"\0", b"&lol;", b"<p>" * 300, b"]]>", b"\xff\xfe", b"../")
                )
            case _:
                other = rng.randrange(len(result))
                result[other : other + size] = piece
    return bytes(result)


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return a file damaged outside, or, if it is an archive, in one of its own files."""
    if not data.startswith(b"PK") or rng.random() < 0.3:
        return changed(data, rng)
    files = unpacked(data)
    name = rng.choice([each for each in files if each.endswith(("xml", "xhtml", "opf", "ncx"))])
    files[name] = changed(files[name], rng)
    if rng.random() < 0.1:
        del files[rng.choice([*files])]
    return packed(files, zipfile.ZIP_STORED)


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("name", MADE)
def test_a_damaged_file_is_a_book_or_a_line(name: str, part: int) -> None:
    data = MADE[name]()
    numbers = range(part * TIMES // 4, (part + 1) * TIMES // 4)
    found = [outcome(damaged(data, random.Random(number))) for number in numbers]  # noqa: S311

    assert all("\n" not in message for message in found)
    # What no damage ever reaches, or always destroys, would try nothing.
    assert 0 < found.count("") < len(found) or name == "plain text"


def outcome(data: bytes) -> str:
    """Return why a file is refused, or nothing if it is a book."""
    try:
        assert book_of(data).chapters
    except NarrateError as error:
        return str(error)
    return ""


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "lol">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (new, b"&%c;" % (new - 1) * 10) for new in range(ord("b"), ord("j"))
    )
    + b"]><x>&i;</x>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE])
def test_entities_are_not_followed(data: bytes) -> None:
    try:
        found = "".join(map(str, xml(data, "x").itertext()))
    except InputError as error:
        found = str(error)

    assert "lollol" not in found
    assert "root:" not in found


@pytest.mark.parametrize("evil", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("make", [makers.epub_of, makers.docx_of])
def test_an_entity_in_a_part_of_a_book_gives_no_text_of_its_own(
    make: Callable[[], bytes], evil: bytes
) -> None:
    head = evil[: evil.index(b"]>") + 2]
    files = unpacked(make())
    for name, data in files.items():
        if name.endswith(("document.xml", "1.xhtml")):
            text = data[data.index(b"?>") + 2 :] if b"?>" in data[:80] else data
            mark = evil[-8:-4]
            files[name] = head + text.replace("باغ".encode(), "باغ".encode() + mark)
    try:
        found = "".join(text for _, text in texts(book_of(packed(files))))
    except InputError:
        return
    assert "lollol" not in found
    assert "root:" not in found


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    files = unpacked(makers.epub_of())
    page = next(name for name in files if name.endswith("1.xhtml"))
    files[page] = b"<html><body><p>" + "ب".encode() * 60_000_000 + b"</p></body></html>"

    with pytest.raises(InputError, match="unpacks to more than"):
        book_of(packed(files))


def test_an_archive_of_countless_files_is_refused() -> None:
    with pytest.raises(InputError, match="holds 50003 files"):
        book_of(
            packed(
                {
                    **{f"{n}": b"" for n in range(50_001)},
                    "mimetype": b"application/epub+zip",
                    "META-INF/container.xml": b"<x/>",
                }
            )
        )


def test_no_path_leads_out_of_an_archive() -> None:
    files = unpacked(makers.epub_of())
    opf = next(name for name in files if name.endswith(".opf"))
    files[opf] = files[opf].replace(b'href="text/part 1.xhtml"', b'href="../../../etc/passwd"')

    assert "آغاز" not in "".join(text for _, text in texts(book_of(packed(files))))


def test_a_locked_book_says_so() -> None:
    files = unpacked(makers.epub_of())
    files["META-INF/encryption.xml"] = (
        b'<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
        b"</encryption>"
    )

    with pytest.raises(InputError, match=r"locked \(DRM\)"):
        book_of(packed(files))


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td"])
def test_a_page_nested_without_end_is_a_book_or_a_line(tag: str) -> None:
    page = f"<!doctype html><html><body>{f'<{tag}>' * 10_000}<p>سلام بر شما.</p></body></html>"

    said = outcome(page.encode())

    assert not said or "deep" in said


@pytest.mark.parametrize(
    "data", [b"<html><body>" + b"a" * 51_000_000, "سلام ".encode() * 6 * 10**6]
)
def test_a_text_larger_than_any_book_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="larger than 50 MB"):
        book_of(data)


@pytest.mark.parametrize("declared", ["windows-1256", "utf-16", "iso-8859-1", "x-unknown", "hex"])
def test_what_a_page_says_of_its_encoding_may_be_wrong(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>سلام بر شما</p></body></html>'

    assert texts(book_of(page.encode())) == [("body", "سلام بر شما")]


def test_a_page_in_an_old_encoding_is_read() -> None:
    page = '<html><head><meta charset="windows-1256"></head><body><p>سلام بر شما</p></body></html>'

    assert texts(book_of(page.encode("cp1256"))) == [("body", "سلام بر شما")]


def test_control_characters_do_not_reach_a_book() -> None:
    page = "<html><body><p>سلام\x00 بر\x01 ش\x08ما</p></body></html>"

    assert texts(book_of(page.encode())) == [("body", "سلام بر شما")]


def test_signs_that_xml_forbids_or_that_turn_text_are_nowhere_in_a_book() -> None:
    text = (
        "---\nauthor: سعدی\x07 \u202eشیرازی\n---\n\n# فصل \x0eیک\ufffe\n\n"
        "متن فارسی \x00 این است و چند واژه هم دارد.\n\n"
        "This is\x07 an English paragraph with \u202e control signs \uffff in it.\n"
    )

    book = book_of(text.encode())

    assert book.details.authors == ("سعدی شیرازی",)
    assert book.chapters[0].title == "فصل یک"
    assert texts(book)[-1][1] == "This is an English paragraph with  control signs  in it."


@pytest.mark.parametrize(
    "text",
    ["- الف" + " " * 100_000 + "ب", "متن فارسی است" + "\u2028" * 100_000 + "ب"],
    ids=["blanks", "separators"],
)
def test_a_line_of_blanks_is_read_in_time_that_grows_with_it(text: str) -> None:
    assert texts(book_of(f"متن فارسی.\n\n{text}\n\nسطر دیگر".encode()))[-1] == ("body", "سطر دیگر")


@pytest.mark.parametrize("page", ["<html><body>" + "<br>" * 3_100_000, "<p>متن" * 3_100_000])
def test_a_page_of_countless_tags_is_refused(page: str) -> None:
    with pytest.raises(InputError, match="tags: that is no book"):
        book_of(page.encode())
