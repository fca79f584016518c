"""What a person wrote behind an option → a value, or one line that says what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from narrate.errors import UsageError, nearest
from narrate.model import ROLES, OnError, Pauses, Skippable
from narrate.reading import Choice, Cutting, Mode
from narrate.reading.document import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from narrate.model import Role

_DURATION = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>ms|s)|0")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫", "01234567890123456789.")
_RUN = re.compile(r"(\d{1,6})?\s*(?:([-–])\s*(\d{1,6})?)?")
_LAST = 10**6
_MOST_JOBS = 256
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss|ucx)://)?(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d+")
_ROLE = re.compile("[a-z]+")
_MEASURE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[a-zA-Z]+)")
_AGES = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}
_SIZES = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_LONGEST_PAUSE = 60_000
_LONGEST_TEXT = 4000


def pauses(values: Iterable[str]) -> Pauses:
    """Return the rests in `sentence=300ms,chapter=2s`; what is not named stays as it is."""
    known = Pauses.names()
    chosen = pairs(values, "--pause")
    return Pauses(
        **{choice(name, "--pause", known): _milliseconds(name, text) for name, text in chosen}
    )


def folder(value: Path, suffixes: Iterable[str]) -> Path:
    """Return the folder behind `--output`, unless it looks like one of the files to be made."""
    if value.suffix.lower() in suffixes:
        raise UsageError(f"--output names a folder, and {value} looks like a file: use --title")
    return value


def settings(values: Iterable[str]) -> dict[str, str]:
    """Return an engine's settings in `rate=150,pitch=40`."""
    return dict(pairs(values, "--set"))


def voices(values: Iterable[str]) -> dict[Role, str]:
    """Return the voices in `piper:x` and `heading=espeak:fa`, by role."""
    chosen: dict[Role, str] = {}
    for value in values:
        role, sign, voice = value.partition("=")
        if not (sign and _ROLE.fullmatch(role)):
            role, voice = "body", value
        if not voice.strip():
            raise UsageError(f"--voice: name the voice of {role}")
        chosen[choice(role, "--voice", ROLES)] = voice.strip()
    return chosen


def by_role(settings: Mapping[str, str], roles: Iterable[Role]) -> dict[Role, dict[str, str]]:
    """Return the settings in `rate=150` and `heading.rate=120` of each role's voice."""
    found: dict[Role, dict[str, str]] = {role: {} for role in ("body", *roles)}
    for key, value in settings.items():
        role, dot, name = key.partition(".")
        if not dot:
            role, name = "body", key
        if role not in found:
            choice(role, "--set", ROLES)
            raise UsageError(f"--set {key}: {role} has no voice of its own: add --voice {role}=…")
        found[choice(role, "--set", ROLES)][name] = value
    return found


def on_error(value: str) -> tuple[OnError, str]:
    """Return what happens when a sentence cannot be spoken, and the voice that says it instead."""
    what, _, voice = value.partition(":")
    if what == "fallback":
        if not voice:
            raise UsageError("--on-error: name the voice, as fallback:espeak")
        return "stop", voice
    return choice(value, "--on-error", get_args(OnError)), ""


def age(value: str) -> float:
    """Return the seconds in `30d`, `12h` or `2w`."""
    return _measured(value, "--older-than", _AGES, "an age", "30d or 12h")


def size(value: str) -> int:
    """Return the bytes in `5GB` or `500MB`."""
    return round(_measured(value.upper(), "--max-size", _SIZES, "a size", "5GB or 500MB"))


def _measured(value: str, option: str, units: Mapping[str, int], what: str, like: str) -> float:
    match = _MEASURE.fullmatch(value.strip().translate(_DIGITS))
    if not match or match["unit"] not in units:
        raise UsageError(f"{option}: {value} is not {what}; write {like}")
    return float(match["number"]) * units[match["unit"]]


def skipped(values: Sequence[str]) -> frozenset[Skippable]:
    """Return what is left out in `footnotes,urls`; `all` is everything, `none` nothing."""
    known: tuple[Skippable, ...] = get_args(Skippable)
    names = [name.strip().lower() for value in values for name in re.split("[,;،؛]", value)]
    chosen = {choice(name, "--skip", (*known, "all", "none")) for name in names if name}
    return frozenset(known if "all" in chosen else (each for each in known if each in chosen))


def formats(values: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the formats in `mp3,m4b`, each once; `all` is every one."""
    names = [name.strip().lower() for value in values for name in value.split(",") if name.strip()]
    if not names:
        raise UsageError(f"--format: {_one_of(known)}")
    chosen = dict.fromkeys(choice(name, "--format", (*known, "all")) for name in names)
    return tuple(known if "all" in chosen else chosen)


def cutting(mode: str, minutes: str) -> Cutting:
    """Return how `--chapters` and `--chapter-minutes` cut a text."""
    return Cutting(
        choice(mode, "--chapters", get_args(Mode)),
        number(minutes, "--chapter-minutes", 1, 600, "minutes"),
    )


def chapters(only: Iterable[str], without: Iterable[str], rename: Iterable[str]) -> Choice:
    """Return the chapters in `3-7,9`, and names as in `3=آغاز`."""
    renamed = {}
    for value in rename:
        key, _, name = value.partition("=")
        number_ = key.translate(_DIGITS).strip()
        if not (number_.isdecimal() and name.strip()):
            raise UsageError(f'--rename: {value} names no chapter; write 3="آغاز"')
        renamed[int(number_)] = plain(name, "--rename")
    return Choice(_runs(only, "--only"), _runs(without, "--without"), renamed)


def _runs(values: Iterable[str], option: str) -> list[tuple[int, int]]:
    runs = []
    for value in values:
        for part in re.split("[,،;؛]", value.translate(_DIGITS)):
            match = _RUN.fullmatch(part.strip())
            first, last = (int(match[1] or 0), int(match[3] or 0)) if match else (0, 0)
            if not match or not (first or last) or last in range(1, first):
                raise UsageError(f"{option}: {part} is no chapter; write 3 or 3-7,9 or 5-")
            runs.append((first or 1, (last or _LAST) if match[2] else first))
    return runs


def plain(value: str, option: str) -> str:
    """Return what was written behind `option`, if files can hold it."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{option}: {value!r} is not in the terminal's encoding") from error
    if len(value) > _LONGEST_TEXT:
        raise UsageError(f"{option}: more than {_LONGEST_TEXT} letters are in no player's lists")
    return visible(value).strip()


def date(value: str) -> str:
    """Return a date as tags want it; Persian digits are taken too."""
    text = value.strip().translate(_DIGITS).replace("/", "-")
    text = re.sub(r"-(?=\d(?:-|$))", "-0", text)
    if text and not _DATE.fullmatch(text):
        raise UsageError(f"--date: {value} is no date; write 2026, 2026-11 or 2026-11-22")
    return text


def number(value: str, option: str, low: float, high: float, unit: str) -> float:
    """Return the number that was written behind `option`, which must lie from `low` to `high`."""
    try:
        found = float(value.translate(_DIGITS))
    except ValueError as error:
        raise UsageError(f"{option}: {value} is no number of {unit}") from error
    if not low <= found <= high:
        raise UsageError(f"{option}: {value} is not between {low:g} and {high:g} {unit}")
    return found


def jobs(value: str) -> int | None:
    """Return how many processes `--jobs` asks for; none if it does not say."""
    if not value:
        return None
    found = number(value, "--jobs", 1, _MOST_JOBS, "processes")
    if found != int(found):
        raise UsageError(f"--jobs: {value} is no whole number of processes")
    return int(found)


def cluster(value: str) -> str:
    """Return the address of the scheduler that `--cluster` names; empty if it names none."""
    if value and not _ADDRESS.fullmatch(value):
        raise UsageError(f"--cluster: {value} is no address of a scheduler: tcp://HOST:8786")
    return value if "://" in value or not value else f"tcp://{value}"


def choice[T: str](value: str, option: str, known: Sequence[T]) -> T:
    """Return the one of `known` that was written behind `option`."""
    for each in known:
        if each == value:
            return each
    raise UsageError(f"{option}: there is no {value}{nearest(value, known)}; {_one_of(known)}")


def pairs(values: Iterable[str], option: str) -> list[tuple[str, str]]:
    """Return the names and values in `a=1,b=2`."""
    parts = [part.strip() for value in values for part in value.split(",") if part.strip()]
    cut = [part.partition("=") for part in parts]
    for name, sign, text in cut:
        if not (name.strip() and sign and text.strip()):
            raise UsageError(f"{option}: write NAME=VALUE, not {name}{sign}{text}")
    return [(name.strip(), text.strip()) for name, _, text in cut]


def _milliseconds(name: str, text: str) -> int:
    match = _DURATION.fullmatch(text.translate(_DIGITS))
    if match is None:
        raise UsageError(f"--pause: {name}={text} is no time; write {name}=300ms or {name}=1.5s")
    length = float(match["number"] or 0) * (1000 if match["unit"] == "s" else 1)
    if length > _LONGEST_PAUSE:
        raise UsageError(f"--pause: {name}={text} is longer than a minute")
    return round(length)


def _one_of(known: Iterable[str]) -> str:
    return f"choose from {', '.join(known)}"
