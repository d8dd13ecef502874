"""How many faults in the pure modules their tests see: mutmut makes the faults, this counts those that no test saw.

    python -m tests.mutation [--one-in 5] [stats.rates.* …]

Modules and tests are those of [tool.mutmut] in pyproject.toml. At least 90 % of the faults must be seen.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "mutants"
LEAST = 90
# Exit codes of pytest, or of the signal that ended it, by which mutmut tells what became of a fault.
SEEN = {1, 3, -24, 24, 36, 152, 255}
NOT_TRIED = {None, 2, 34}


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", default=["stats.*"])
    parser.add_argument("--one-in", type=int, choices=(1, 2, 5, 10), default=1)
    options = parser.parse_args(arguments)
    digits = "".join(str(digit) for digit in range(0, 10, options.one_in))
    names = [f"{module.removesuffix('*')}*__mutmut_*[{digits}]" for module in options.modules]
    shutil.rmtree(COPY, ignore_errors=True)
    shared = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared"))
    environment = os.environ | {"SHARED_DIR": str(shared), "CONTRACT_DIR": str(shared / "contract")}
    with (ROOT / "mutants.log").open("w") as log:
        run = subprocess.run(
            [Path(sys.executable).with_name("mutmut"), "run", *names], cwd=ROOT, env=environment, stdout=log
        )
    if run.returncode:
        print(f"mutmut s’est arrêté : {ROOT / 'mutants.log'}")
        return run.returncode
    return _report()


def _report():
    """Print a line a module, then the faults that no test saw; how to read one is `mutmut show <its name>`."""
    seen, tried, unseen = Counter(), Counter(), []
    for path in sorted(COPY.rglob("*.meta")):
        module = path.relative_to(COPY).as_posix().removesuffix(".py.meta")
        for name, code in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            if code not in NOT_TRIED:
                tried[module] += 1
                seen[module] += code in SEEN
                unseen += [] if code in SEEN else [name]
    print("Fautes que les tests ne voient pas (mutmut show NOM) :", *unseen, sep="\n  ")
    for module, number in tried.items():
        print(f"{module} : {seen[module]} vues sur {number}, {100 * seen[module] // number} %")
    rate = 100 * seen.total() // (tried.total() or 1)
    print(f"En tout : {seen.total()} vues sur {tried.total()}, {rate} % (au moins {LEAST} %)")
    return int(rate < LEAST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
