"""Why a file could not be fetched."""


class FetchFailed(Exception):
    """The service gives nothing that can be used; its text says why, in French, and holds no credential."""


class Unauthorised(FetchFailed):
    """The service refuses who asks: wrong credentials, or a token that is over."""
