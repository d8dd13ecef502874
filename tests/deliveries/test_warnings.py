"""Warnings are accepted one by one, with a reason, and stay so while the checks find the same."""

import pytest

from deliveries.approval import Accepted, Approval, not_accepted, still_accepted
from deliveries.checking.results import Tick
from deliveries.models import Operation, SubmittedFile
from deliveries.operations import queue, tasks
from deliveries.operations.transitions import State, move
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv, upload

ACCEPTED = Accepted("a:x", 2, "Vu avec le CFA", 7, "Camille", "2026-11-27T09:30:00+01:00")


@pytest.mark.parametrize(
    ("tick", "is_kept"),
    [
        (Tick("a", "x", 2), True),
        (Tick("a", "x", 3), False),
        (Tick("a", "", 2), False),
        (Tick("b", "x", 2), False),
    ],
)
def test_what_was_accepted_stays_for_the_same_key_and_count(tick, is_kept):
    assert still_accepted([tick], [ACCEPTED]) == ([ACCEPTED] if is_kept else [])
    assert not_accepted([tick], [ACCEPTED]) == ([] if is_kept else [tick])


def test_approval_reads_back_what_it_wrote_and_covers_what_it_names():
    approval = Approval.from_dict(Approval(3, 7, "2026-11-27", {"f" * 64: [ACCEPTED]}).as_dict())

    assert approval.accepted == {"f" * 64: [ACCEPTED]}
    assert approval.of_file("f" * 64)["confirme"] == [ACCEPTED.as_dict()]
    assert approval.covers("f" * 64, [Tick("a", "x", 2)])
    assert not approval.covers("f" * 64, [Tick("a", "x", 2), Tick("b", "", 1)])
    assert not approval.covers("0" * 64, [Tick("a", "x", 2)])
    assert approval.covers("0" * 64, [])


def test_boxes_and_reasons_are_kept_through_another_check_of_the_same_data(manager):
    page = upload(manager, csv(CFA_HEADER, CFA_ROWS[0].replace("Démo", "D\ufffdmo"), CFA_ROWS[1]))
    submission, [file] = page.context["submission"], page.context["submission"].files
    first, second, *_ = (warning.key for warning in manager.get(file.address).context["warnings"])
    assert (file.to_accept, "publish" in submission.addresses) == (file.warnings, False)

    def accept(revision, **reasons):
        said = {
            "accepte": [first, second],
            f"motif {first}": reasons["one"],
            f"motif {second}": reasons["two"],
        }
        return manager.post(f"{file.address}avertissements/", {"revision": revision, **said}, follow=True)

    assert "a changé depuis que vous l’avez lu" in accept(submission.revision - 1, one="x", two="x").text
    assert SubmittedFile.objects.get().accepted == []
    page = accept(submission.revision, one="Vu avec le CFA", two=" ")
    assert "Une case est cochée sans motif" in page.text
    assert "Accepté par gestion" in page.text
    [kept] = SubmittedFile.objects.get().accepted
    assert (kept["controle"], kept["motif"], kept["qui"]) == (first, "Vu avec le CFA", "gestion")

    found = SubmittedFile.objects.get().submission
    # Accepted of a report that said something else.
    SubmittedFile.objects.update(accepted=[kept, {**kept, "controle": second, "nombre": 999}])
    move(found, State.CHECKING)
    queue.add(Operation.Kind.CHECK, None, found)
    tasks.wake()
    assert SubmittedFile.objects.get().accepted == [kept]
