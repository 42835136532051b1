"""A server of the chat-completions protocol for tests: it says what it is told to, well or badly.

A reply is a list of steps: text is sent as a part of the answer, `Raw` as it stands, a number is
slept for, what can be called is waited for, CUT breaks the connection off, an `Ending` ends the
answer.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Raw:
    content: str


@dataclass(frozen=True)
class Ending:
    reason: str = "stop"


class Cut:
    pass


CUT = Cut()
DONE = Ending()
Step = str | float | Raw | Ending | Cut | Callable[[], object]


@dataclass
class Reply:
    steps: Sequence[Step] = (DONE,)
    status: int = 200
    body: object = None  # instead of a stream
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Asked:
    path: str
    headers: Message  # names in any case
    body: dict


class ChatServer:
    """Answers each request by `reply`, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.reply: Reply | Callable[[dict], Reply] = Reply()
        self.gone = 0  # how often the other side hung up first
        self._server = _Threaded(("127.0.0.1", 0), _Handler)
        self._server.chat = self
        self.address = f"http://127.0.0.1:{self._server.server_port}/v1"

    def says(self, *steps: Step) -> None:
        self.reply = Reply([*steps, DONE])

    def user_text(self) -> str:
        return self.asked[-1].body["messages"][1]["content"]


class _Threaded(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up is no error of the server's."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        chat = self.server.chat
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        chat.asked.append(Asked(self.path, self.headers, body))
        reply = chat.reply(body) if callable(chat.reply) else chat.reply
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        try:
            if reply.status != 200 or reply.body is not None:
                self._whole(reply.body)
            else:
                self._stream(reply.steps)
        except (BrokenPipeError, ConnectionResetError):
            chat.gone += 1
            self.close_connection = True

    def _whole(self, body: object) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        kind = "text/html" if isinstance(body, str) else "application/json"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, steps: Sequence[Step]) -> None:
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._step(steps)
        self._chunk("data: [DONE]\n\n")
        self._chunk("")

    def _step(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if isinstance(step, Cut):
                self.connection.shutdown(socket.SHUT_RDWR)
                raise BrokenPipeError
            if callable(step):
                step()
            elif isinstance(step, float):
                time.sleep(step)
            elif isinstance(step, Raw):
                self._chunk(step.content)
            elif isinstance(step, Ending):
                self._chunk(part({}, step.reason))
            else:
                self._chunk(part({"content": step}))

    def _chunk(self, text: str) -> None:
        content = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
        self.wfile.flush()

    def log_message(self, *arguments) -> None:
        """The test's output stays clean."""


def part(delta: dict, finish_reason: str | None = None) -> str:
    """A part of an answer as it is sent."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    said = {
        "id": "chat-1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "small",
        "choices": [choice],
    }
    return f"data: {json.dumps(said)}\n\n"


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    chat = ChatServer()
    thread = threading.Thread(target=chat._server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        chat._server.shutdown()
        chat._server.server_close()
        thread.join()
