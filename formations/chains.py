"""Which diploma replaced which, for all of them at once."""

from collections import defaultdict

from formations.models import Renewal


def one_to_one_chains():
    """({former code: newest code}, {newest code: its former codes, nearest first}); a fork ends a chain."""
    after, before = defaultdict(set), defaultdict(set)
    for former, new in Renewal.objects.order_by().values_list("former_id", "new_id"):
        if former != new:
            after[former].add(new)
            before[new].add(former)

    def next_of(code):
        following = after.get(code, ())
        if len(following) != 1:
            return None
        (new,) = following
        return new if before[new] == {code} else None

    newest, formers = {}, defaultdict(list)
    for code in after:
        path = [code]
        while (new := next_of(path[-1])) and new not in path:
            path.append(new)
        if len(path) > 1:
            newest[code] = path[-1]
            formers[path[-1]].append((len(path), code))
    return newest, {code: tuple(former for _, former in sorted(found)) for code, found in formers.items()}
