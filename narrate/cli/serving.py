"""`narrate serve`: a folder that is read along, shown on this machine."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path  # noqa: TC003 - Typer evaluates the annotations
from typing import Any

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import app
from narrate.errors import InputError, UsageError

_HOST = "127.0.0.1"
_MOST = 65_535
_MAKING = "name a folder that `narrate build --format page` made"


@app.command()
def serve(folder: flags.PageFolder, *, port: flags.Port = "8000", show: flags.Show = False) -> None:
    """Show a read-along page in the browser of this machine, until Ctrl-C."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    from narrate import options

    class Files(StaticFiles):
        """Files that the browser asks for again each time: a build may have changed them."""

        def file_response(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as they come
            response = super().file_response(*args, **kwargs)
            response.headers["Cache-Control"] = "no-cache"
            return response

    _check(folder)
    # Sound is sought in by HTTP Range, which http.server does not know.
    files = Starlette(routes=[Mount("/", Files(directory=folder, html=True))])
    with _bound(int(options.number(port, "--port", 0, _MOST, "a port"))) as bound:
        address = f"http://{_HOST}:{bound.getsockname()[1]}/"
        typer.echo(address)
        typer.echo("Ctrl-C ends it", err=True)
        if show:
            typer.launch(address)
        # A browser that still loads a chapter must not keep it from ending.
        config = uvicorn.Config(
            files, log_level="critical", lifespan="off", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        # Ctrl-C is how it ends.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[bound])


def _check(folder: Path) -> None:
    """Raise `InputError` if there is nothing to show in `folder`."""
    if (folder / "index.html").is_file():
        return
    if not folder.exists():
        raise InputError(f"{folder} does not exist: {_MAKING}")
    inside = sorted(each.parent.name for each in folder.glob("*/index.html"))
    hint = f"name one in it, as {folder / inside[0]}" if inside else _MAKING
    raise InputError(f"{folder} is no page that reads along: {hint}")


def _bound(port: int) -> socket.socket:
    try:
        return socket.create_server((_HOST, port))
    except OSError as error:
        raise UsageError(f"--port {port} is in use: name another, or 0 for any") from error
