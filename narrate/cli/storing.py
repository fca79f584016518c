"""`narrate store`: what was spoken and is kept, and throwing it away."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import SETTINGS, Group, app, print_json
from narrate.errors import UsageError

if TYPE_CHECKING:
    from narrate.audio.upkeep import Holdings

_DAY = 86_400
_store = typer.Typer(cls=Group, **(SETTINGS | {"no_args_is_help": False}))
app.add_typer(_store, name="store")


@_store.callback(invoke_without_command=True)
def store(context: typer.Context, *, store: flags.Store = "", as_json: flags.Json = False) -> None:
    """Show how much of what was spoken is kept, and where."""
    context.obj, _ = places_of(store)
    if context.invoked_subcommand:
        return
    from narrate.audio.upkeep import holdings

    found = holdings(_there(context.obj))
    if as_json:
        print_json({"folder": str(context.obj), **asdict(found)})
        return
    typer.echo(f"folder  {context.obj}")
    typer.echo(f"holds   {_told(found)}")


@_store.command()
def prune(
    context: typer.Context,
    older_than: flags.OlderThan = "",
    max_size: flags.MaxSize = "",
    *,
    store: flags.OneStore = "",
    as_json: flags.Json = False,
) -> None:
    """Throw away what is not used any more; it is spoken again when it is needed."""
    from narrate import options
    from narrate.audio.upkeep import prune

    if not (older_than or max_size):
        raise UsageError("say what may go: --older-than 30d, --max-size 5GB, or both")
    folder = _there(places_of(store)[0] if store else context.obj)
    gone = prune(
        folder,
        older_than=options.age(older_than) if older_than else None,
        max_size=options.size(max_size) if max_size else None,
    )
    if as_json:
        print_json({"folder": str(folder), **asdict(gone)})
    else:
        rest = "" if gone.size else "; what was used in the last hour stays"
        typer.echo(f"thrown away: {_told(gone)}{rest}")


def default_store() -> Path:
    """Return the folder of clips in the user's cache."""
    from platformdirs import user_cache_path

    return user_cache_path("narrate") / "clips"


def places_of(store: str) -> tuple[Path, str]:
    """Return the folder of clips that `--store` means on this machine, and the address behind it.

    There is an address only if the store is one; the folder then holds what was fetched from it.
    """
    from narrate.audio.remote import shown

    if "://" not in store:
        return Path(store) if store else default_store(), ""
    name = re.sub(r"\W+", "-", shown(store)) + "-" + hashlib.sha256(store.encode()).hexdigest()[:8]
    return default_store().parent / "remote" / name, store


def _there(folder: Path) -> Path:
    if not folder.is_dir() and folder != default_store():
        raise UsageError(f"{folder}: there is no such folder")
    return folder


def _told(found: Holdings) -> str:
    days = [(time.time() - used) // _DAY for used in (found.newest, found.oldest) if used]
    ages = ["today" if each < 1 else f"{each:.0f} days ago" for each in days]
    age = f", last used {' to '.join(dict.fromkeys(ages))}" if ages else ""
    return f"{found.clips} clips, {found.size / 1e6:.1f} MB{age}"
