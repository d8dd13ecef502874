"""Replies of the services that give figures and nomenclatures → tables. Pure: no Django, no network."""
