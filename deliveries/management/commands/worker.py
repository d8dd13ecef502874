"""`manage.py worker`: do the operations of the managers' desk, until it is stopped."""

import logging
import os
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from deliveries.fetching import workspace
from deliveries.operations import presence, schedule, tasks, upkeep
from deliveries.signals import announce_publication, upkeep_due
from deliveries.uploads import store

logger = logging.getLogger("django.deliveries")
_LOOK_SECONDS = 5
_UPKEEP_SECONDS = 600


class _Worker(Worker):
    def shutdown(self, signum, frame):
        tasks.stop()
        super().shutdown(signum, frame)


class Command(BaseCommand):
    help = (
        "Fait en arrière-plan les contrôles, publications et retraits demandés dans l’espace de gestion. "
        "À laisser tourner, surveillé par systemd ou équivalent\u00a0; gunicorn en lance un, sauf avec WORKER=0."
    )

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="faire ce qui attend, puis s’arrêter")
        parser.add_argument(
            "--with-parent", action="store_true", help="s’arrêter avec le programme qui l’a lancé"
        )

    def handle(self, *args, batch, with_parent, **options):
        worker = _Worker(
            queue_names=["default"],
            interval=0.5,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        upkeep.resume_interrupted()
        # A worker killed right after a publication told nobody of it.
        announce_publication()
        parent = os.getppid() if with_parent else None
        threading.Thread(target=_look_after, args=(parent,), daemon=True).start()
        worker.run()


def _look_after(parent):
    """Beside the operations of this process, which may last for minutes."""
    next_upkeep = time.monotonic()
    while True:
        if parent and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
        try:
            presence.say_here()
            upkeep.resume_interrupted()
            schedule.start_due()
            if time.monotonic() >= next_upkeep:
                next_upkeep = time.monotonic() + _UPKEEP_SECONDS
                upkeep.erase_old_files()
                upkeep.forget_old_tasks()
                workspace.forget_old()
                store.forget_old()
                upkeep_due.send(sender=None)
        except (DatabaseError, OSError):
            # Unreachable, held by the operation of this process on SQLite, or a full disk: the next look does it.
            logger.info("upkeep", exc_info=True)
            connection.close()
        time.sleep(_LOOK_SECONDS)
