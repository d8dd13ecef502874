"""How gunicorn serves the portal, at home and in production (see docs/exploitation.md)."""

import os
import socket
import sys

host = os.environ.get("HOST", "127.0.0.1")
port = int(os.environ.get("PORT", "8000"))
bind = f"{host}:{port}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# A worker writes its heartbeat there: never on a slow disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# Publishing a large file from the admin takes longer than a page.
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
    print(f"Le portail répond sur http://{host}:{port}/ (Ctrl+C pour l’arrêter).", flush=True)


def post_worker_init(worker):
    from search import warming

    warming.start()


def worker_exit(server, worker):
    """What was counted since the last minute is written before the worker ends."""
    from api.exposition.usage import calls

    calls.write()
