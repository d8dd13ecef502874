"""How gunicorn serves the portal, at home and in production (see docs/exploitation.md)."""

import os
import socket
import subprocess
import sys
import threading

host = os.environ.get("HOST", "127.0.0.1")
port = int(os.environ.get("PORT", "8000"))
bind = f"{host}:{port}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# A worker writes its heartbeat there: never on a slow disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# Receiving a large file takes longer than a page.
timeout = 300
# An access log holds addresses of people: whether to keep one is for the reverse proxy to decide.
accesslog = None
loglevel = os.environ.get("LOG_LEVEL", "warning")
preload_app = True


def on_starting(server):
    """Say in plain words that the port is taken, which gunicorn only says after five tries."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            print(
                f"Le port {port} est déjà pris. Choisissez-en un autre : make run PORT={port + 1}",
                file=sys.stderr,
            )
            sys.exit(1)


def when_ready(server):
    # An interrupted preparation of the whole-data files, or one that never was, is taken up at each start.
    from api.files import files

    files.start()
    if os.environ.get("WORKER", "1") == "1":
        threading.Thread(target=_keep_worker, daemon=True).start()
    print(f"Le portail répond sur http://{host}:{port}/ (Ctrl+C pour l’arrêter).", flush=True)


def on_exit(server):
    _stopping.set()
    if _worker:
        _worker[0].terminate()
        try:
            _worker[0].wait(timeout=20)
        except subprocess.TimeoutExpired:
            # Nothing half done is left: its transaction rolls back.
            _worker[0].kill()


# The process that does the operations of the managers' desk, and whether the server is being stopped.
_worker: list[subprocess.Popen] = []
_stopping = threading.Event()


def _keep_worker():
    """Have one running beside the server, with a memory of its own, and another when it ends."""
    while not _stopping.is_set():
        command = [sys.executable, "manage.py", "worker", "--with-parent"]
        # A Ctrl+C of the terminal is for the server, which tells the worker to end its work first.
        _worker[:] = [subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)]
        _worker[0].wait()
        _stopping.wait(2)


def post_worker_init(worker):
    from search import warming

    warming.start()


def worker_exit(server, worker):
    """What was counted since the last minute is written before the worker ends."""
    from api.exposition.usage import calls

    calls.write()
