"""`make run` from nothing, as a visitor finds it: the main pages answer with the demonstration's figures.

Not a test of pytest: it needs the real server and its hashed files. Run by .ci/run as python -m tests.smoke.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

FIRST_START, NEXT_START = 240, 30
FIGURE = r"\d\s%"


def main():
    with tempfile.TemporaryDirectory(prefix="portail-run-") as directory:
        port = _free_port()
        environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DEBUG", "MAKEFLAGS"}}
        environment |= {"VAR_DIR": directory, "PORT": str(port)}
        address = f"http://127.0.0.1:{port}"
        first = _serve(environment, address, FIRST_START, check=_visit)
        second = _serve(environment, address, NEXT_START, check=_visit)
        print(f"make run : premier démarrage en {first:.0f} s, second en {second:.0f} s.")


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _serve(environment, address, limit, check):
    """Start `make run`, wait until it answers, check, stop; returns the seconds it took to answer."""
    start = time.monotonic()
    server = subprocess.Popen(
        ["make", "run"], env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not _answers(address):
            if server.poll() is not None:
                raise SystemExit(f"make run s’est arrêté ({server.returncode}).")
            if time.monotonic() - start > limit:
                raise SystemExit(f"make run ne répond pas après {limit} s.")
            time.sleep(0.5)
        seconds = time.monotonic() - start
        check(address)
        return seconds
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _answers(address):
    try:
        urllib.request.urlopen(f"{address}/", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _visit(address):
    """Home, search, the first course and school they lead to, their comparison; each with its figures."""
    get = _reader(address)
    home = get("/")
    for style in re.findall(r'href="(/static/[^"]+\.css)"', home):
        get(style)
    results = get("/recherche/?q=cuisine", r"Cuisine")
    course = get(_first(r'href="(/formations/[^"?#]+)"', results), FIGURE)
    get(_first(r'href="(/etablissements/[^"?#]+)"', course), r"Démonstration", FIGURE)
    items = list(dict.fromkeys(re.findall(r"/comparer/\?e=([^\"&]+)", course)))
    get(f"/comparer/?e={'&e='.join(items[:4])}", FIGURE)
    for page in ("/methodologie/", "/glossaire/", "/mentions-legales/", "/gestion/login/"):
        get(page)


def _reader(address):
    def get(path, *expected):
        try:
            with urllib.request.urlopen(f"{address}{path}", timeout=30) as response:
                text = response.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path} : {error.code}") from error
        if missing := [pattern for pattern in expected if not re.search(pattern, text)]:
            raise SystemExit(f"{path} : il manque {missing}")
        print(f"{path} : 200", flush=True)
        return text

    return get


def _first(pattern, text):
    found = re.search(pattern, text)
    if not found:
        raise SystemExit(f"aucun lien {pattern}")
    return found[1].replace("&amp;", "&")


if __name__ == "__main__":
    sys.exit(main())
