"""Replies of the services that give figures and nomenclatures, turned into tables.

Nothing here asks the network. The data managers' desk is to fetch these replies and publish them; until then only the
recorded cases of tests/contract call the readers of replies.
"""
