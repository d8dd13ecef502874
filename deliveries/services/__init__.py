"""Replies of the services that give figures and nomenclatures, turned into tables.

Nothing here asks the network: `deliveries.fetching` does. What the recorded cases of tests/contract alone call (the lists that
`bcn` deduces from records, `insersup.rows`, `responses.revised`) says how the former importers read the same replies.
"""
