"""What every test shares: no network, official files when they are there, loud skips."""

import gc
import ipaddress
import os
import socket
from collections import Counter
from contextlib import contextmanager

import pytest
from pytest_django.plugin import blocking_manager_key

from tests import databases
from tests.signing_in import signed_in

SKIPPED = "SAUTÉ : "

# Modules and tests last as long as the process: looking for garbage among them is a tenth of the time of the tests.
gc.disable()


def pytest_collection_finish():
    gc.freeze()
    # Python looks for garbage after 700 new objects; a request or a publication makes tens of thousands, which live on.
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def pytest_unconfigure():
    gc.unfreeze()


def skip_loudly(lack, is_required=True):
    """Skip the test because this machine lacks something; under REQUIRE_ALL=1 that is a failure."""
    if is_required and os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"REQUIRE_ALL=1, et {lack}", pytrace=False)
    pytest.skip(f"{SKIPPED}{lack}")


def pytest_terminal_summary(terminalreporter):
    reasons = Counter(
        str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr).removeprefix(
            "Skipped: "
        )
        for report in terminalreporter.stats.get("skipped", [])
    )
    for reason, number in sorted(reasons.items()):
        line = reason if reason.startswith(SKIPPED) else f"{SKIPPED}{reason}"
        terminalreporter.write_line(
            f"{line} ({number} test{'s' if number > 1 else ''})", yellow=True, bold=True
        )


@pytest.fixture(scope="session")
def shared_data():
    """Directory of the official files kept beside the project; the project stands without them."""
    if not databases.OFFICIAL_FILES.is_dir():
        skip_loudly("les fichiers officiels (../shared/data, ou SHARED_DIR) sont absents", is_required=False)
    return databases.OFFICIAL_FILES


@pytest.fixture(scope="session")
def shared_releases():
    """Directory of the official files of other releases, beside those of `shared_data`."""
    if not databases.OTHER_RELEASES.is_dir():
        skip_loudly(
            "les autres éditions (../shared/releases, ou SHARED_DIR) sont absentes", is_required=False
        )
    return databases.OTHER_RELEASES


@pytest.fixture
def admin_client(db, client, django_user_model):
    """A superuser's browser, with the second factor: that of pytest-django gives a password alone."""
    return signed_in(client, django_user_model.objects.create_superuser("admin", password="x"))


@contextmanager
def database(blocker, template):
    """Tests of any scope read and write a copy of `template`; yields what that was filled with."""
    with blocker.unblock(), databases.copy_of(template) as filled_with, blocker.block():
        yield filled_with


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A database without rows, in the place of the one that pytest-django migrates in each process."""
    with database(django_db_blocker, databases.EMPTY):
        yield


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The demonstration in the database of the tests of a module; the reports of its publication.

    Those tests also ask for `db`, which undoes what each of them changes.
    """
    with database(django_db_blocker, databases.DEMONSTRATION) as reports:
        yield reports


@pytest.fixture(scope="module")
def official(shared_data, django_db_setup, django_db_blocker):
    """The official files in the database of the tests of a module: (file, source, status) of each."""
    with database(django_db_blocker, databases.OFFICIAL) as reports:
        yield reports


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        with session.config.stash[blocking_manager_key].unblock():
            databases.drop_templates()


class NetworkUsed(AssertionError):
    pass


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _to_this_machine(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _to_this_machine(socket.socket.connect_ex))
        yield


def _to_this_machine(connect):
    def connect_here(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise NetworkUsed(f"un test a voulu joindre {address}")
        return connect(self, address)

    return connect_here


def _is_here(host):
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


# What takes minutes starts first, so that no process ends long after the other. The second reader of the official
# files comes late, for the first publishes them.
_LONGEST = (
    "test_real_files",
    "browser",
    "test_leaks",
    "served",
    "test_attack",
    "test_real_open_files",
    "contract",
)


def pytest_collection_modifyitems(config, items):
    def rank(item):
        names = (place for place, part in enumerate(_LONGEST) if part in item.nodeid)
        return next(names, len(_LONGEST))

    items.sort(key=rank)
    if os.environ.get("TESTS_LONG") != "1":
        _keep(config, items, lambda item: not item.get_closest_marker("long"))
    if os.environ.get("TESTS_DONE_ELSEWHERE"):
        _keep(config, items, _depends_on_the_database)


def _keep(config, items, is_kept):
    config.hook.pytest_deselected(items=[item for item in items if not is_kept(item)])
    items[:] = filter(is_kept, items)


# What is said of rows is the same wherever they are kept. The SQL that reads them is asked of both databases by the
# other folders, and every page by `pages/test_views.py` and the addresses of `former_version`.
_WORDING = (
    "tests/browser/",
    "tests/inserjeunes_portal/",
    "tests/pages/",
    "tests/search/",
    "tests/test_pages_in_english.py",
)
_SQL_OF_WORDING = ("pages/test_views.py", "search/test_places.py", "search/test_published_names.py")


def _is_wording(place):
    """place: a path from the root of the project, or what pytest calls a test, which starts with it."""
    return place.startswith(_WORDING) and not any(part in place for part in _SQL_OF_WORDING)


def _is_done_elsewhere():
    return os.environ.get("TESTS_DONE_ELSEWHERE") and os.environ.get("TESTS_LONG") != "1"


def pytest_ignore_collect(collection_path, config):
    """Importing what would be left aside takes seconds of each process; what is asked for by its name is found."""
    place = collection_path.relative_to(config.rootpath).as_posix()
    is_left = _is_done_elsewhere() and collection_path.name.startswith("test_") and _is_wording(place)
    return True if is_left and not any(place in argument for argument in config.args) else None


def _depends_on_the_database(item):
    """Whether a test reads or writes one, and does not look at what is the same whatever the engine.

    The wording of pages takes minutes: `make test-long` sees it on both engines.
    """
    has_database = "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db")
    if not has_database or item.get_closest_marker("any_database"):
        return False
    if os.environ.get("TESTS_LONG") == "1":
        return True
    return not _is_wording(item.nodeid)
