"""Chains of diplomas renewed one-to-one, along which figures of one stand in for those of another."""

from collections import Counter
from dataclasses import dataclass

from formations.models import Renewal


@dataclass(frozen=True)
class Chain:
    """A diploma with its predecessors and successors.

    Chain(code="50022146", formers=("50022139", "50022129"), successors=()): nearest first on both sides.
    """

    code: str
    formers: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()

    @property
    def codes(self):
        """Codes whose figures may be shown, best first: its own, the nearest former ones, then the newest successor."""
        return (self.code, *self.formers, *reversed(self.successors))


def chains(codes):
    """{code: its `Chain`}, in one query. A fork on either side ends the chain."""
    return _chains(codes, _following())


def renewed():
    """({former code: newest code}, {newest code: its former codes, nearest first}) for all diplomas."""
    following = _following()
    newest = {code: _path(code, following)[-1] for code in following}
    return newest, {code: chain.formers for code, chain in _chains(set(newest.values()), following).items()}


def _chains(codes, following):
    preceding = {new: former for former, new in following.items()}
    return {code: Chain(code, _path(code, preceding), _path(code, following)) for code in codes}


def _following():
    """{former code: new code} of the one-to-one renewals: neither code has another."""
    rows = Renewal.objects.order_by().values_list("former_id", "new_id", "forks_outside")
    links = {(former, new): forks for former, new, forks in rows if former != new}
    formers, news = Counter(former for former, _ in links), Counter(new for _, new in links)
    return {
        former: new
        for (former, new), forks in links.items()
        if formers[former] == news[new] == 1 and not forks
    }


def _path(code, following):
    path = [code]
    while (other := following.get(path[-1])) and other not in path:
        path.append(other)
    return tuple(path[1:])
