"""Builds the search indexes before they are needed: at the start of a process and after each publication."""

import logging
import time
from threading import Thread

from django.db import Error, connection

from search.engine import searches
from stats.caching import data_version

PAUSE_SECONDS = 10
logger = logging.getLogger(__name__)


def start():
    """Keep the search of this process ready, in a thread that ends with it."""
    Thread(target=_keep_ready, daemon=True, name="search-ready").start()


def _keep_ready():
    while True:
        try:
            if version := data_version():
                searches(version)
        except Error:
            # The database may be restarting: the next turn of the loop, or the next search, builds the indexes.
            logger.warning("La recherche n’a pas pu être préparée.", exc_info=True)
        finally:
            connection.close()
        time.sleep(PAUSE_SECONDS)
