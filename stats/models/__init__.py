"""Models of the figures: deliveries and their journal, what schools teach, facts and where they are shown."""

from stats.models.certifications import Certification
from stats.models.deliveries import (
    AuditMemory,
    Cohort,
    DataVersion,
    DeliveredFile,
    Delivery,
    NamedInFile,
    ReferenceBuild,
    Slice,
)
from stats.models.notices import FigureNotice, NoticeEntry
from stats.models.outcomes import Attribution, Outcome
from stats.models.querysets import attach_related_rows
from stats.models.teaching import ApprenticeshipEntry, Teaching

__all__ = [
    "ApprenticeshipEntry",
    "AuditMemory",
    "Certification",
    "Cohort",
    "DataVersion",
    "DeliveredFile",
    "Delivery",
    "FigureNotice",
    "NamedInFile",
    "NoticeEntry",
    "Outcome",
    "Attribution",
    "ReferenceBuild",
    "Slice",
    "Teaching",
    "attach_related_rows",
]
