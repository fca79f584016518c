"""`Audiobook` → files. One file per format; all read the one timeline, none computes a time."""

from dataclasses import replace

from narrate.outputs import captions, chapters, daisy, epub, m4b, mp3, page, transcript
from narrate.outputs.output import Output

OUTPUTS: dict[str, Output] = {
    each.name: each
    for each in (
        mp3.OUTPUT,
        m4b.OUTPUT,
        epub.OUTPUT,
        daisy.OUTPUT,
        page.OUTPUT,
        captions.VTT,
        captions.SRT,
    )
}
USUAL = ("mp3", "m4b")
"""What is made where nobody says."""

EPISODE_AUDIO = {"mp3": mp3.OUTPUT, "m4a": replace(m4b.OUTPUT, name="m4a", suffix=".m4a")}
"""What a podcast app plays; it takes no `.m4b`."""
BESIDE_EPISODES = (captions.VTT, transcript.OUTPUT, chapters.OUTPUT)

__all__ = ["BESIDE_EPISODES", "EPISODE_AUDIO", "OUTPUTS", "USUAL", "Output"]
