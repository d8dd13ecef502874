"""Every check, in the order in which files go through them."""

from deliveries.checking.check import Check, Level
from deliveries.checking.declared import (
    codes,
    confidentiality,
    files,
    nomenclature,
    places,
    published,
    structure,
    values,
)

CHECKS: tuple[Check, ...] = (
    *files.CHECKS,
    *structure.CHECKS,
    *codes.CHECKS,
    *values.CHECKS,
    *places.CHECKS,
    *nomenclature.CHECKS,
    *published.CHECKS,
    *confidentiality.CHECKS,
)
BY_CODE = {check.code: check for check in CHECKS}

# Findings that refuse the file unless its source says otherwise.
ALWAYS_STOPS = frozenset(check.code for check in CHECKS if check.level is Level.FAILURE)
FIGURES_STOP = ALWAYS_STOPS | {check.code for check in CHECKS if check.level is Level.FAILURE_OF_FIGURES}
# Findings after which a file is published only if someone confirms it.
MUST_BE_CONFIRMED = frozenset(check.code for check in CHECKS if check.must_be_confirmed)
# Findings whose value is made from no number of a row.
COMPUTED = frozenset(check.code for check in CHECKS if check.is_computed)
