"""`Audiobook` → files. One file per format; all read the one timeline, none computes a time."""

from narrate.outputs import captions, daisy, epub, m4b, mp3, page
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

__all__ = ["OUTPUTS", "USUAL", "Output"]
