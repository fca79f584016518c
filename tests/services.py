"""The online services on this machine: their wire formats and their faults, over real sockets.

A proxy takes every connection to where the fake listens, so that engines ask by the real names;
its certificates are signed by an authority of its own.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import socket
import socketserver
import ssl
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs
from xml.sax.saxutils import unescape

import av
import numpy as np
import trustme
from aiohttp import WSMsgType, web

from narrate.engines.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narrate.model import Speech

HOSTS = ("translate.google.com", "speech.platform.bing.com", "voices.example.org")
SILENCE = 30.0
"""Seconds for which a silent service says nothing: longer than anybody waits in a test."""
_SOUND = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"


def mp3_of(speech: Speech, rate: int = 24_000) -> bytes:
    """Return MP3 like the services': constant bit rate, without any header before the sound."""
    out = BytesIO()
    options = {"write_xing": "0", "id3v2_version": "0"}
    with av.open(out, "w", format="mp3", options=options) as container:
        stream = container.add_stream("libmp3lame", rate=rate, layout="mono")
        stream.bit_rate = 48_000
        sound = np.frombuffer(speech.pcm, "<i2")
        frame = av.AudioFrame.from_ndarray(sound[None], format="s16", layout="mono")
        frame.sample_rate = speech.rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


@dataclass
class Services:
    """What is asked for, and how it is answered."""

    authority: trustme.CA
    proxy: str = ""
    asked: list[str] = field(default_factory=list)
    """The text of each request, in order."""
    fault_of: Callable[[int, str], str] = lambda _, __: ""
    """The fault that answers the request of that number, from 0, for a text; empty for none."""
    at_once: int = 0
    most_at_once: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    """What lies at a path, for downloads."""
    hang_ups: int = 0
    """So many connections break before they are safe."""
    cut: int = 0
    """A download of a model breaks after so many bytes, once."""
    extra: bytes = b""
    """What a download has behind its end."""
    headers: dict[str, str] = field(default_factory=dict)
    """Of downloads."""

    STATUS: ClassVar[dict[str, int]] = {"429": 429, "500": 500, "400": 400, "403": 403}

    @property
    def counted(self) -> Counter[str]:
        return Counter(self.asked)

    def fault(self, text: str) -> str:
        self.asked.append(text)
        return self.fault_of(len(self.asked) - 1, text)

    @contextmanager
    def busy(self) -> Iterator[None]:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield
        finally:
            self.at_once -= 1

    async def google(self, request: web.Request) -> web.StreamResponse:
        body = parse_qs(await request.text())
        text = json.loads(json.loads(body["f.req"][0])[0][0][1])[0]
        with self.busy():
            fault = self.fault(text)
            await asyncio.sleep(SILENCE if fault == "silent" else 0.005)
            return self.google_answers(fault, text, request)

    def google_answers(self, fault: str, text: str, request: web.Request) -> web.Response:
        if fault in self.STATUS:
            headers = {"Retry-After": "0"} if fault == "429" else {}
            return web.Response(status=self.STATUS[fault], headers=headers)
        if fault == "reset":
            abort(request)
        if fault == "empty":
            return web.Response(text="")
        mp3 = answer(text, fault)
        # The service escapes some signs, as JSON allows.
        inner = json.dumps([base64.b64encode(mp3).decode()]).replace("/", r"\u002f")
        line = json.dumps([["wrb.fr", "jQ1olc", inner, None, None, None, "generic"]])
        return web.Response(text=f")]}}'\n\n{line.replace(', ', ',')}\n")

    async def edge(self, request: web.Request) -> web.StreamResponse:
        fault = self.fault_of(len(self.asked), "")
        if fault in self.STATUS:
            self.asked.append("")
            headers = {"Retry-After": "0"} if fault == "429" else {}
            return web.Response(status=self.STATUS[fault], headers=headers)
        line = web.WebSocketResponse()
        await line.prepare(request)
        with self.busy():
            await line.receive()
            ssml = await line.receive()
            assert ssml.type is WSMsgType.TEXT
            found = re.search(r"<prosody[^>]*>(.*)</prosody>", ssml.data, re.DOTALL)
            assert found
            text = unescape(found[1])
            fault = self.fault(text)
            if fault == "reset":
                abort(request)
            if fault == "silent":
                await asyncio.sleep(SILENCE)
            await self.edge_answers(line, fault, text)
        await line.close()
        return line

    async def edge_answers(self, line: web.WebSocketResponse, fault: str, text: str) -> None:
        await line.send_str("X-RequestId:1\r\nPath:turn.start\r\n\r\n{}")
        if fault != "empty":
            mp3 = answer(text, fault)
            for word in Tone().speak(text).words:
                data = {
                    "Offset": word.sample * 10_000_000 // Tone.sample_rate,
                    "Duration": 1_000_000,
                    "text": {"Text": text[word.begin : word.end], "Length": 1},
                }
                meta = {"Metadata": [{"Type": "WordBoundary", "Data": data}]}
                await line.send_str(
                    f"X-RequestId:1\r\nPath:audio.metadata\r\n\r\n{json.dumps(meta)}"
                )
            for begin in range(0, len(mp3), 4096):
                part = mp3[begin : begin + 4096]
                await line.send_bytes(len(_SOUND).to_bytes(2, "big") + _SOUND + part)
        if fault != "gone":
            await line.send_str("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}")

    async def file(self, request: web.Request) -> web.StreamResponse:
        if request.path not in self.files:
            return web.Response(status=404)
        data = self.files[request.path]
        wanted = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        begin = int(wanted[1]) if wanted else 0
        reply = web.StreamResponse(status=206 if begin else 200, headers=self.headers)
        reply.content_length = len(data) - begin
        reply.headers["ETag"] = '"1"'
        if request.method == "HEAD":
            await reply.prepare(request)
            return reply
        self.asked.append(f"{request.path} from {begin}")
        data += self.extra
        reply.content_length = len(data) - begin
        if begin:
            reply.headers["Content-Range"] = f"bytes {begin}-{len(data) - 1}/{len(data)}"
        await reply.prepare(request)
        if self.cut and request.path.endswith(".onnx"):
            await reply.write(data[: self.cut])
            self.cut = 0
            await asyncio.sleep(0.05)
            abort(request)
        with suppress(ConnectionError):
            await reply.write(data[begin:])
        return reply


def answer(text: str, fault: str) -> bytes:
    """Return the MP3 that answers `text`, or what a broken service makes of it."""
    mp3 = mp3_of(Tone().speak(text))
    broken = {
        "half": mp3[: len(mp3) // 2],
        "noise": b"<html>" * 200,
        "short": mp3_of(Tone().speak("آ")),
    }
    return broken.get(fault, mp3)


def abort(request: web.Request) -> None:
    """Break the connection without a word."""
    assert request.transport
    request.transport.abort()
    raise asyncio.CancelledError


@contextmanager
def running() -> Iterator[Services]:
    """Give services that run, and the proxy that leads to them."""
    services = Services(trustme.CA())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    services.authority.issue_cert(*HOSTS).configure_cert(context)
    loop = asyncio.new_event_loop()
    app = web.Application()
    app.router.add_post("/_/TranslateWebserverUi/data/batchexecute", services.google)
    app.router.add_get("/consumer/speech/synthesize/readaloud/edge/v1", services.edge)
    app.router.add_get("/{path:voices/.*}", services.file)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def serve() -> int:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
        await site.start()
        return int(runner.addresses[0][1])

    async def close() -> None:
        await runner.cleanup()
        # Safe connections take a moment to close.
        await asyncio.sleep(0.1)

    port = loop.run_until_complete(serve())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    with _Proxy(("127.0.0.1", 0), port, services) as proxy:
        threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
        services.proxy = f"http://127.0.0.1:{proxy.server_address[1]}"
        try:
            yield services
        finally:
            proxy.shutdown()
            proxy.hang_up()
            asyncio.run_coroutine_threadsafe(close(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()


class _Proxy(socketserver.ThreadingTCPServer):
    """Takes `CONNECT anything` to one port of this machine."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], port: int, services: Services) -> None:
        super().__init__(address, _Tunnel)
        self.port = port
        self.services = services
        self.lines: set[socket.socket] = set()

    def hang_up(self) -> None:
        """Close what clients have left open."""
        for line in list(self.lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


class _Tunnel(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        while self.rfile.readline().strip():
            pass
        server: Any = self.server
        with socket.create_connection(("127.0.0.1", server.port)) as onward:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            if server.services.hang_ups:
                server.services.hang_ups -= 1
                return
            server.lines |= {onward, self.connection}
            back = threading.Thread(target=_pass, args=(onward, self.connection), daemon=True)
            back.start()
            _pass(self.connection, onward)
            back.join()
            server.lines -= {onward, self.connection}


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
