"""Run the checks that need no database on a file, and give each result as soon as it is known."""

from collections.abc import Iterator

from deliveries.candidates import File, check_columns, check_rows, recognise_file
from deliveries.checking import france
from deliveries.checking.check import Step
from deliveries.checking.results import Result
from deliveries.report import Report
from deliveries.source import Bounds


class Run:
    """The checks of one file: iterate over it, then read `report`.

    bounds: what the fields of the portal hold ("app.Model.field" → Bounds); without them, lengths of texts are not checked.
    """

    def __init__(self, file: File, bounds: dict[str, Bounds] | None = None) -> None:
        self.report = Report(file.name)
        self._file, self._bounds = file, bounds or {}

    def __iter__(self) -> Iterator[Result]:
        """The result of every check, those of the file and of its header first."""
        told: set[str] = set()
        for step in self._steps():
            for result in self.report.results:
                if result.check.step <= step and result.check.code not in told:
                    told.add(result.check.code)
                    yield result

    def finish(self) -> Report:
        """The report, once every check is made."""
        for _result in self:
            pass
        return self.report

    def _steps(self) -> Iterator[Step]:
        """Each step once it is made."""
        self.report, candidate = recognise_file(self._file, has_database=False)
        if candidate:
            yield Step.READING
            check_columns(candidate)
            yield Step.HEADER
            reference = france.reference()
            reference.bounds.update(self._bounds)
            check_rows(candidate, reference)
        yield Step.PUBLISHED
