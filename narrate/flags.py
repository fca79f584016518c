"""The options of the command line, as `--help` shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Texts = Annotated[
    list[str],
    typer.Argument(
        metavar="TEXT...",
        help="Texts, or a book file; - is standard input, @FILE a list of texts, one a line.",
    ),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder of the results.")
]
Format = Annotated[
    list[str],
    typer.Option(
        "--format", "-f", metavar="LIST", help="mp3, m4b, epub, daisy, page, vtt, srt; or all."
    ),
]
PerChapter = Annotated[
    bool, typer.Option("--per-chapter/--no-per-chapter", help="Also write one file a chapter.")
]

Title = Annotated[str, typer.Option(metavar="TEXT", help="Title, if not the text's own.")]
Author = Annotated[list[str], typer.Option(metavar="NAME", help="Author; may be repeated.")]
Narrator = Annotated[list[str], typer.Option(metavar="NAME", help="Narrator; may be repeated.")]
Cover = Annotated[Path | None, typer.Option(metavar="FILE", help="Cover, JPEG or PNG.")]
Date = Annotated[str, typer.Option(metavar="DATE", help="Date: 2026, 2026-11 or 2026-11-22.")]
Publisher = Annotated[str, typer.Option(metavar="NAME", help="Publisher.")]
Description = Annotated[str, typer.Option(metavar="TEXT", help="What the book is about.")]
Series = Annotated[str, typer.Option(metavar="NAME", help="Series that the book belongs to.")]
SeriesPart = Annotated[str, typer.Option(metavar="N", help="Its number in the series.")]
Genre = Annotated[str, typer.Option(metavar="NAME", help="Genre.")]

Chapters = Annotated[
    str, typer.Option(metavar="MODE", help="Where chapters begin: auto, headings or none.")
]
ChapterMinutes = Annotated[
    str, typer.Option(metavar="N", help="Length of the parts of a text without headings.")
]
Only = Annotated[list[str], typer.Option(metavar="LIST", help="These chapters only, as 3-7,9.")]
Without = Annotated[list[str], typer.Option(metavar="LIST", help="Leave these chapters out.")]
Rename = Annotated[
    list[str], typer.Option(metavar="N=TITLE", help="What a chapter is called; may be repeated.")
]
Engine = Annotated[
    str | None, typer.Option(metavar="NAME", help="Engine; `narrate engines` lists them.")
]
Voice = Annotated[
    str | None, typer.Option(metavar="VOICE", help="[ENGINE:]VOICE, as espeak:fa+f3.")
]
Voices = Annotated[
    list[str],
    typer.Option(
        "--voice",
        metavar="[ROLE=]VOICE",
        help="[ENGINE:]VOICE, as espeak:fa+f3; for a ROLE: heading, quote, verse. May be repeated.",
    ),
]
OnError = Annotated[
    str,
    typer.Option(
        metavar="WHAT",
        help="When a sentence cannot be spoken: stop, skip, or fallback:[ENGINE:]VOICE.",
    ),
]
Foreign = Annotated[
    str, typer.Option(metavar="WHAT", help="Paragraphs in other languages: speak or skip.")
]
Join = Annotated[bool, typer.Option("--join", help="The texts are one book, in this order.")]
NewVoice = Annotated[str, typer.Argument(metavar="NAME", help="A voice in `narrate voices`.")]
From = Annotated[
    str,
    typer.Option("--from", metavar="FILE|URL", help="Its model, or the folder of it: a mirror."),
]
OlderThan = Annotated[
    str, typer.Option(metavar="AGE", help="What was not used for that long: 30d, 12h.")
]
MaxSize = Annotated[
    str,
    typer.Option(metavar="SIZE", help="What was not used longest, until 5GB or 500MB are left."),
]
Set = Annotated[
    list[str],
    typer.Option(
        "--set", metavar="NAME=VALUE", help="Setting of the engine; heading.NAME=VALUE for a role."
    ),
]
Pause = Annotated[
    list[str], typer.Option(metavar="NAME=TIME", help="Rest, as sentence=300ms,chapter=2s.")
]
Loudness = Annotated[
    str, typer.Option(metavar="LUFS", help="Loudness of the results, read as mono.")
]
Jobs = Annotated[
    str,
    typer.Option(
        "--jobs", "-j", metavar="N", help="Most to do at once; one job a core if not given."
    ),
]
Cluster = Annotated[
    str,
    typer.Option(
        metavar="tcp://HOST:PORT", help="Let the workers of a Dask scheduler do the work."
    ),
]
Store = Annotated[
    str,
    typer.Option(
        envvar="NARRATE_STORE",
        metavar="FOLDER",
        help="Folder of spoken clips, kept between runs; or an address, such as s3://bucket/clips.",
    ),
]
OneStore = Annotated[str, typer.Option("--store", metavar="FOLDER", help="Folder of spoken clips.")]

Lexicon = Annotated[
    list[str],
    typer.Option(metavar="FILE", help="How words are said: a table or PLS; may be repeated."),
]
Skip = Annotated[
    list[str],
    typer.Option(metavar="LIST", help="What to leave out: footnotes,references,urls, or all."),
]
NoEzafe = Annotated[
    bool,
    typer.Option("--no-ezafe/--ezafe", help="Leave ezafe out where the text does not write it."),
]
NoHomographs = Annotated[
    bool,
    typer.Option(
        "--no-homographs/--homographs", help="Let the voice choose how homographs are read."
    ),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Say why each word is spoken otherwise than written.")
]
Unknown = Annotated[
    bool, typer.Option("--unknown", help="List the words that no lexicon knows, as a lexicon.")
]
Text = Annotated[str, typer.Argument(help="A text; - is standard input.")]
Form = Annotated[
    str,
    typer.Option("--as", metavar="FORM", help="written; spoken: as heard; phonemes: in IPA."),
]
File = Annotated[Path, typer.Argument(help="A finished file.")]
Every = Annotated[bool, typer.Option("--all", help="Other languages too.")]
Version = Annotated[bool, typer.Option("--version", help="Print the version.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but warnings.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say more, and show where errors come from.")
]
Log = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Add a line of JSON to FILE for all that happens."),
]
LogFile = Annotated[Path, typer.Argument(metavar="FILE", help="What build --log FILE wrote.")]
PageFolder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="A page that build --format page made.")
]
Port = Annotated[str, typer.Option(metavar="N", help="Port; 0 takes any that is free.")]
Show = Annotated[bool, typer.Option("--open", help="Open it in the browser.")]
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Finished files, or folders that are one.")
]
Plot = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Also write a page with waveform, loudness and chapters."),
]
ShowFile = Annotated[Path, typer.Argument(metavar="SHOW", help="The show's file, as poems.toml.")]
BaseUrl = Annotated[
    str, typer.Option(metavar="URL", help="Where the folder will be found on the web.")
]
Added = Annotated[
    list[str],
    typer.Argument(metavar="TEXT...", help="Texts, or a book file; else those the show names."),
]
Names = Annotated[
    list[str], typer.Argument(metavar="TEXT...", help="Texts of the show, as they were added.")
]
Feeds = Annotated[
    list[Path], typer.Argument(metavar="FEED...", help="Feeds, or folders with a feed.xml.")
]
