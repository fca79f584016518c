"""One HTTP request: certificates checked, proxies used, and failures told in one of two ways.

`FailedError` may go well if it is made again; `EngineError` will not.

Source: RFC 9110, 15 (status codes); RFC 6585, 4 (429 Too Many Requests).
"""

from __future__ import annotations

import ssl
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from narrate.engines.online import FailedError, check_stopped, seconds_to_wait
from narrate.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import requests

_CONNECTING, _RECEIVING = 10, 20
_BLOCK = 1 << 18
_TOO_MANY, _TIMED_OUT, _REFUSED, _SERVERS_FAULT, _NOT_IMPLEMENTED = 429, 408, 400, 500, 501


@contextmanager
def answered(
    method: str, address: str, headers: Mapping[str, str], body: str | bytes | None = None
) -> Iterator[requests.Response]:
    """Give the answer to a request, its body not yet read. Raises `FailedError`, `EngineError`."""
    import requests

    try:
        with (
            requests.Session() as session,
            session.request(
                method,
                address,
                headers=dict(headers),
                data=body,
                stream=True,
                allow_redirects=True,
                timeout=(_CONNECTING, _RECEIVING),
            ) as reply,
        ):
            wait = reply.headers.get("Retry-After", "")
            check_status(address, reply.status_code, reply.reason or "", wait)
            yield reply
    except requests.RequestException as error:
        if blames_certificate(error):
            raise EngineError(f"the certificate of {address} is not to be trusted") from error
        if isinstance(error, ValueError):
            raise EngineError(f"{address} cannot be asked for: {error}") from error
        host = urlsplit(address).netloc
        raise FailedError(f"no connection to {host}: {type(error).__name__}") from error


def blocks(reply: requests.Response, within: float) -> Iterator[bytes]:
    """Yield the body of `reply`. Raises `FailedError` if it takes more than `within` seconds."""
    end = time.monotonic() + within
    for block in reply.iter_content(_BLOCK):
        yield block
        check_stopped()
        if time.monotonic() > end:
            raise FailedError("its reply does not end")


def check_status(address: str, status: int, reason: str, retry_after: str) -> None:
    """Raise what an HTTP status means: try again, or give up."""
    passing = status in (_TOO_MANY, _TIMED_OUT) or status >= _SERVERS_FAULT
    if passing and status != _NOT_IMPLEMENTED:
        raise FailedError(f"it answers {status} {reason}".strip(), seconds_to_wait(retry_after))
    if status >= _REFUSED:
        raise EngineError(f"{address} answers {status} {reason}: it will not help to wait")


def blames_certificate(error: BaseException) -> bool:
    """Tell whether `error` comes from a certificate that nobody vouches for."""
    chain: list[object] = [error]
    for each in chain:
        if isinstance(each, ssl.SSLCertVerificationError):
            return True
        if isinstance(each, BaseException):
            causes = (*each.args, each.__context__, getattr(each, "reason", None))
            chain += [cause for cause in causes if isinstance(cause, BaseException)]
        if len(chain) > 50:  # noqa: PLR2004 - errors may name one another in a circle
            break
    return False
