"""The portal as `bench.api` serves it: its own settings, and two addresses to compare with."""

from inserjeunes_portal.settings import *  # noqa: F403

ROOT_URLCONF = "bench.api_urls"
