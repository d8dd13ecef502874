"""A service on this machine, which answers as a test says, and remembers what it was asked."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from deliveries.fetching.http import Client, Manners


@dataclass
class Answer:
    """length: the Content-Length that it announces, None for that of its body. waits: until the test is over."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/csv"
    length: int | None = None
    headers: dict = field(default_factory=dict)
    waits: bool = False


def as_json(content, status=200, **headers):
    return Answer(json.dumps(content).encode(), status, "application/json", headers=headers)


@dataclass
class Asked:
    method: str
    path: str
    query: dict
    headers: dict
    body: bytes


class Service:
    """answers: the next ones, in their order, or a function of what is asked, once there is none left."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"
        self.reset()

    def reset(self):
        self.answers, self.asked, self.pauses = [], [], []
        self.answer = lambda asked: Answer(status=404)
        self.is_over = threading.Event()

    def client(self, **manners):
        """A client that waits for nothing, and says for how long it would have."""
        return Client(self.url, Manners(**manners), self.pauses.append)

    @property
    def paths(self):
        return [asked.path for asked in self.asked]

    def next_answer(self, asked):
        self.asked.append(asked)
        return self.answers.pop(0) if self.answers else self.answer(asked)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        place = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, place.path, parse_qs(place.query), self.headers, body)
        service = self.server.service
        answer = service.next_answer(asked)
        if answer.waits:
            service.is_over.wait()
            return
        self.send_response(answer.status)
        length = len(answer.body) if answer.length is None else answer.length
        headers = {"Content-Type": answer.kind, "Content-Length": str(length)} | answer.headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


@contextmanager
def running():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        server.service = Service(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server.service
        server.service.is_over.set()
        server.shutdown()
