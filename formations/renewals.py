"""Chains of diplomas renewed one-to-one, along which figures of one stand in for those of another, and their forks."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from formations.models import Renewal


@dataclass(frozen=True)
class Chain:
    """A diploma with its predecessors and successors.

    Chain(code="50022146", formers=("50022139", "50022129"), successors=(), merged=(), split=()): nearest first on both
    sides. merged: former diplomas that it replaced together with others, such as the options of a diploma that has none
    any more; split: former diplomas that it replaced together with other new ones. Their figures are never its own.
    """

    code: str
    formers: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    split: tuple[str, ...] = ()

    @property
    def codes(self):
        """Codes whose figures may be shown, best first: its own, the nearest former ones, then the newest successor."""
        return (self.code, *self.formers, *reversed(self.successors))

    @property
    def taught_codes(self):
        """Codes under which a source may say that a school teaches it."""
        return (*self.codes, *self.merged)


def chains(codes):
    """{code: its `Chain`}, in one query. A fork on either side ends the chain."""
    return _chains(codes, _read_links())


def renewed():
    """({former code: newest code}, {newest code: its former codes, nearest first}) for all diplomas."""
    links = _read_links()
    newest = {code: _path(code, links.following)[-1] for code in links.following}
    return newest, {code: chain.formers for code, chain in _chains(set(newest.values()), links).items()}


def replaced_by():
    """{former code: the only diploma that replaced it, the newest one}: one-to-one, or together with others."""
    links = _read_links()
    only = {former: news[0] for former, news in links.news.items() if len(news) == 1}
    newest = {code: _path(code, only)[-1] for code in only}
    # Diplomas that renew each other in a circle have no newest one.
    return {code: new for code, new in newest.items() if new not in only}


@dataclass(frozen=True)
class _Links:
    """Renewals: formers of each new code, news of each former one. following: {former: new} of the one-to-one ones."""

    formers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    news: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    following: dict[str, str] = field(default_factory=dict)


def _read_links():
    rows = Renewal.objects.order_by("pk").values_list("former_id", "new_id", "forks_outside")
    pairs = {(former, new): forks for former, new, forks in rows if former != new}
    formers, news = Counter(former for former, _ in pairs), Counter(new for _, new in pairs)
    links = _Links()
    for (former, new), forks in pairs.items():
        links.formers[new].append(former)
        links.news[former].append(new)
        if formers[former] == news[new] == 1 and not forks:
            links.following[former] = new
    return links


def _chains(codes, links):
    preceding = {new: former for former, new in links.following.items()}
    return {code: _chain(code, preceding, links) for code in codes}


def _chain(code, preceding, links):
    formers = _path(code, preceding)
    apart = [
        former
        for newer in (code, *formers)
        for former in links.formers.get(newer, ())
        if links.following.get(former) != newer
    ]
    return Chain(
        code,
        formers,
        _path(code, links.following),
        merged=tuple(former for former in apart if len(links.news[former]) == 1),
        split=tuple(former for former in apart if len(links.news[former]) > 1),
    )


def _path(code, following):
    path = [code]
    while (other := following.get(path[-1])) and other not in path:
        path.append(other)
    return tuple(path[1:])
