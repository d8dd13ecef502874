"""Fetching the files of configured services, as a submission like those that somebody uploads.

A run keeps what it has on disk (`workspace`), so that a kill or a restart loses nothing; `catalogue` lists what can be
fetched, `services` holds how each service is asked, `http` asks politely.
"""
