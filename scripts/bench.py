"""Builds books of given minutes with eSpeak, and the same books in two other ways, and compares.

Prints one table. The limit is what the work itself costs: eSpeak NG and the two encoders over the
same sound in bare loops, their CPU time divided by the cores.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import batched, product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MINUTES = (20.0, 120.0, 600.0)
_MINUTES_A_TEXT = 2.0
_PARAGRAPHS_A_MINUTE = 20
_PARAGRAPHS_A_CHAPTER = 30
_PYDUB_BEARS = 20.0
"""Minutes; it copies all that it has for every clip."""
_RATE, _BIT_RATE = 22_050, "64k"
_WHO = (
    "علی|مریم|رضا|باغبان|پستچی|نجار|مادر|پدر|شاگرد|معلم|آشپز|چوپان|خیاط|مهمان|پزشک|سارا|حسن|نانوا"
    "|پرستار|نگهبان|همسایه|دختر|پسر|عمو|خاله|راننده"
)
_WHAT = (
    "نامه‌ای دراز|میوه‌های رسیده|چراغ کهنه‌ای|کتاب‌های تازه|نان گرم|سبدی انگور|داستانی کوتاه"
    "|عکس‌های قدیمی|کفش‌های نو|ساعت دیواری|شیشه‌ی عسل|پارچه‌ی آبی|کوزه‌ی شکسته|دفتر خاطرات"
    "|گل‌های سرخ|نقشه‌ی راه|چمدان سیاه|پول‌ها|کلید خانه|تخم‌مرغ‌ها|بسته‌ی چای|شمع‌ها"
)
_DID = (
    "می‌خواند|را پیدا کرد|را نشان می‌داد|را به خانه برد|را می‌فروخت|را فراموش کرده بود"
    "|را برای ما آورد|را پنهان می‌کند|را خریده است|را روی میز گذاشت|را گم کرد|را می‌شناسد"
    "|را دوست ندارد|را از شهر فرستاد|را به دوستش بخشید|را نگاه می‌کرد|را شمرد|را پس داد"
    "|را تمیز کرد|را در باغ دید|را نمی‌خواست"
)
_WHEN = ("", "دیروز ", "صبح زود ", "پارسال ", "در آن روزها ", "یک شب ")
"""Above ten hours the same is said again, of another time."""


@dataclass(frozen=True)
class Load:
    """What a command and all its processes hold at a moment."""

    memory: int
    """Mebibytes."""
    files: int
    """Open ones."""


@dataclass(frozen=True)
class Run:
    """What a command cost, all its processes together."""

    wall: float
    cpu: float
    peak: int
    """Mebibytes."""
    course: tuple[Load, ...] = ()
    """Five a second."""


def main() -> None:
    """Measure each number of minutes on the command line."""
    if sys.argv[1:2] == ["--part"]:
        _PARTS[sys.argv[2]](*sys.argv[3:])
        return
    if sys.argv[1:2] == ["books"]:
        with tempfile.TemporaryDirectory() as folder:
            library(int(sys.argv[2]), Path(folder))
        return
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{'sound':>9}  {'what':<36} {'wall':>9} {'CPU':>9} {'memory':>9}  compared", flush=True)
    for minutes in [float(word) for word in sys.argv[1:]] or _MINUTES:
        with tempfile.TemporaryDirectory() as folder:
            measure(minutes, Path(folder), cores or 1)


def measure(minutes: float, folder: Path, cores: int) -> None:
    """Print the rows of one book."""
    text = folder / "book.txt"
    text.write_text(book(minutes), encoding="utf-8")
    build = [sys.executable, "-m", "narrate", "build", str(text), "--voice", "espeak:fa"]
    build += ["--output", f"{folder}/made", "--store", f"{folder}/store", "--json", "--quiet"]
    cold = run(build, folder / "made.json")
    made = json.loads((folder / "made.json").read_text(encoding="utf-8"))
    sound = sum(each["seconds"] for each in made if each["path"].endswith(".mp3"))

    def row(what: str, cost: Run, compared: str) -> None:
        print(
            f"{sound / 60:5.0f} min  {what:<36} {cost.wall:7.1f} s {cost.cpu:7.1f} s"
            f" {cost.peak:5} MiB  {compared}",
            flush=True,
        )

    pcm = folder / "sound.pcm"
    part("collect", text, folder, pcm)
    spoken = part("speak", text)
    # Side by side, since cores that are all at work are slower than one alone.
    with ThreadPoolExecutor() as pool:
        encoded = list(pool.map(lambda name: part("encode", name, pcm), ("aac", "mp3")))
    limit = (spoken.cpu + sum(each.cpu for each in encoded)) / cores
    print(f"{sound / 60:5.0f} min  {'the limit: bare work / cores':<36} {limit:7.1f} s", flush=True)
    row("narrate, from nothing", cold, f"{cold.wall / limit:.2f} × the limit")
    row("narrate, nothing changed", again := run(build), f"{again.wall / cold.wall:.2%} of cold")
    edited(text)
    row("narrate, a paragraph edited", again := run(build), f"{again.wall / cold.wall:.2%} of cold")
    if shutil.which("ffmpeg"):
        with ThreadPoolExecutor() as pool:
            commands = [ffmpeg(pcm, folder / name) for name in ("sound.mp3", "sound.m4a")]
            encodes = list(pool.map(run, commands))
        whole = Run(
            spoken.wall + max(each.wall for each in encodes),
            spoken.cpu + sum(each.cpu for each in encodes),
            sum(each.peak for each in encodes),
        )
        compared = f"{whole.wall / cold.wall:.1f} × narrate"
        row("eSpeak, then FFmpeg for each format", whole, compared)
    if minutes <= _PYDUB_BEARS and shutil.which("ffmpeg"):
        plain = part("pydub", folder / "store", folder)
        row("pydub: combined += clip, export", plain, f"{plain.wall / cold.wall:.1f} × narrate")


def library(count: int, folder: Path) -> None:
    """Print what so many short texts cost, what they hold meanwhile, and the same in one book."""
    lines = [line for line in book(count * _MINUTES_A_TEXT).splitlines()[1:] if line[-1:] == "."]
    texts = []
    for number, own in enumerate(batched(lines, len(lines) // count), 1):
        texts.append(folder / f"{number:05}.txt")
        texts[-1].write_text("\n".join([f"متن {number}", "", *own]), encoding="utf-8")
    build = [sys.executable, "-m", "narrate", "build", "--voice", "espeak:fa", "--quiet"]
    costs = []
    for name, more in (("many", []), ("one", ["--join", "--title", "همه"])):
        places = [f"--store={folder}/store-{name}", f"--output={folder}/made-{name}"]
        (own := folder / f"tmp-{name}").mkdir()
        os.environ["TMPDIR"] = str(own)
        costs.append(run([*build, *places, *more, *map(str, texts)]))
        left = [*own.iterdir(), *folder.rglob(".*.part")]
        print(
            f"{name}: left behind: {len(left)} files, {len(begun_with(own))} processes", flush=True
        )
    many, one = costs
    print(f"{count:5} texts, each a book  {many.wall:7.1f} s {many.cpu:7.1f} s {many.peak:5} MiB")
    print(f"{count:5} texts, one book     {one.wall:7.1f} s {one.cpu:7.1f} s {one.peak:5} MiB")
    print(f"      the first is {one.wall / many.wall:.0%} as fast as the second")
    print("      at most, in each tenth of its time:")
    tenths = list(batched(many.course, -(-len(many.course) // 10)))
    print("      MiB  ", *(f"{max(each.memory for each in part):5}" for part in tenths))
    print("      files", *(f"{max(each.files for each in part):5}" for part in tenths))


def begun_with(tmp: Path) -> list[int]:
    """Return the processes that were begun with this folder for temporary files."""
    found, told = [], f"TMPDIR={tmp}\0".encode()
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if told in path.read_bytes():
                found.append(int(path.parent.name))
    return found


def book(minutes: float) -> str:
    """Return a text in which no two paragraphs are alike, with a chapter for every 30 of them."""
    lines = ["کتاب سنجش", ""]
    paragraphs = [
        " ".join(words) for words in product(*(each.split("|") for each in (_WHO, _WHAT, _DID)))
    ]
    random.Random(7).shuffle(paragraphs)  # noqa: S311
    for number in range(round(minutes * _PARAGRAPHS_A_MINUTE)):
        if number % _PARAGRAPHS_A_CHAPTER == 0:
            lines += ["", f"فصل {number // _PARAGRAPHS_A_CHAPTER + 1}", ""]
        when, what = divmod(number, len(paragraphs))
        lines.append(f"{_WHEN[when]}{paragraphs[what]}.")
    return "\n".join(lines)


def edited(text: Path) -> None:
    """Change a paragraph in the middle."""
    lines = text.read_text(encoding="utf-8").splitlines()
    middle = len(lines) // 2
    lines[middle] = f"این بند تازه است. {lines[middle]}"
    text.write_text("\n".join(lines), encoding="utf-8")


def ffmpeg(pcm: Path, to: Path) -> list[str]:
    """Return the command of a careful user: one encode of all the sound, both side by side."""
    options = ["-y", "-loglevel", "error", "-f", "s16le", "-ar", str(_RATE), "-ac", "1"]
    return ["ffmpeg", *options, "-i", str(pcm), "-b:a", _BIT_RATE, str(to)]


def part(name: str, *arguments: object) -> Run:
    """Run a function of `_PARTS` in a process of its own."""
    return run([sys.executable, __file__, "--part", name, *map(str, arguments)])


def run(command: list[str], output: Path | None = None) -> Run:
    """Run a command, with its standard output in a file if one is named."""
    course: list[Load] = []
    ended = threading.Event()
    with (output or Path(os.devnull)).open("w") as file:
        begun = time.monotonic()
        process = subprocess.Popen(command, stdout=file)

    def watch() -> None:
        while not ended.wait(0.2):
            course.append(load(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watcher.join()
    if process.returncode:
        sys.exit(process.returncode)
    peak = max([usage.ru_maxrss // 1024, *(each.memory for each in course)])
    return Run(wall, usage.ru_utime + usage.ru_stime, peak, tuple(course))


def load(pid: int) -> Load:
    """Return what a process and all that it began hold now."""
    family = list(tree(pid))
    return Load(sum(map(resident, family)) // 1024, sum(map(open_files, family)))


def open_files(pid: int) -> int:
    """Return how many files a process has open, where the system tells."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 - they are only counted
    except OSError:
        return 0


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all that it began, where the system tells."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in path.read_text().split():
                yield from tree(int(child))
        except OSError:
            continue


def resident(pid: int) -> int:
    """Return the kibibytes that a process has in memory, shared ones too."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def collect(text: str, folder: str, to: str) -> None:
    """Write the sound of the book that was built, as the encoders got it."""
    import numpy as np

    from narrate import pipeline
    from narrate.audio.clips import samples
    from narrate.audio.loudness import levelled
    from narrate.engines.espeak import Espeak
    from narrate.reading import read

    job = pipeline.Job(Path(folder, "made"), Path(folder, "store"), formats=("mp3",))
    with Path(to).open("wb") as file:
        for result in pipeline.build(read(text), Espeak(), job):
            timeline, gains, at = result.audiobook.timeline, result.audiobook.gains, 0
            for cue in timeline.cues:
                file.write(bytes(2 * (cue.begin - at)))
                file.write(levelled(samples(cue.clip), gains[cue.clip.voice], _RATE).tobytes())
                at = cue.begin + cue.clip.length
            file.write(np.zeros(timeline.length - at, np.int16).tobytes())


def speak(text: str) -> None:
    """Say each line with eSpeak NG as it comes: nothing is repaired, mended, trimmed or kept."""
    from narrate.engines.espeak import _CALLBACK, Espeak, _Heard, _loaded

    with _loaded() as library:
        Espeak()._prepare(library)
        for line in Path(text).read_text(encoding="utf-8").splitlines():
            heard = _Heard(range(len(line) + 2))
            callback = _CALLBACK(heard)
            library.espeak_SetSynthCallback(callback)
            data = line.encode() + b"\0"
            library.espeak_Synth(data, len(data), 0, 0, 0, 1, None, None)


def encode(name: str, pcm: str) -> None:
    """Encode sound with one encoder as narrate uses it, and throw the frames away."""
    import av
    import numpy as np

    from narrate.audio import codecs

    codec = codecs.AAC if name == "aac" else codecs.MP3
    encoder = codecs._opened(codec, _RATE)
    with Path(pcm).open("rb") as file:
        while data := file.read(1 << 17):
            block = np.frombuffer(data, "<i2")
            frame = av.AudioFrame.from_ndarray(block[None], format="s16", layout="mono")
            frame.sample_rate = _RATE
            encoder.encode(frame)
    encoder.encode(None)


def pydub(store: str, folder: str) -> None:
    """Join the clips as the manual of pydub shows it, and export them twice."""
    from pydub import AudioSegment

    combined = AudioSegment.silent(700, _RATE)
    for clip in sorted(Path(store).rglob("*.wav")):
        combined += AudioSegment.from_wav(clip)
        combined += AudioSegment.silent(750, _RATE)
    combined.export(f"{folder}/pydub.mp3", "mp3", bitrate=_BIT_RATE)
    combined.export(f"{folder}/pydub.m4b", "mp4", bitrate=_BIT_RATE)


_PARTS: dict[str, Callable[..., None]] = {
    each.__name__: each for each in (collect, speak, encode, pydub)
}

if __name__ == "__main__":
    main()
