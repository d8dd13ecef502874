"""How people spell the kinds of diplomas, and words in short: baccalauréat professionnel, bac pro, MC, auto…"""

import re
from functools import lru_cache

from formations.data_files import read_entries
from formations.text_folding import fold
from search.query_words import DATA, JOB_WORDS, SIGLES, WISHES

# (pattern, the word by which what it finds is indexed), in order.
_SPELLINGS = [
    (entry.pattern(r"\b(?:{})\b"), entry.cells[1]) for entry in read_entries(DATA / "spellings.txt", 2)
]
# Most texts hold none of these: one pass tells.
_ANY_SPELLING = re.compile("|".join(pattern.pattern for pattern, _word in _SPELLINGS))
# The complementary mentions are becoming certificates of specialisation.
SAME_SIGLES = {"mc": ("mc", "cs")}


@lru_cache(maxsize=8192)
def spelt_out(text: str) -> str:
    """Folded text where each kind of diploma, however it is spelt, is one word."""
    text = fold(text)
    if not _ANY_SPELLING.search(text):
        return text
    for pattern, word in _SPELLINGS:
        text = pattern.sub(word, text)
    return text


def without_sigles(text: str) -> str:
    return " ".join(word for word in spelt_out(text).split() if word not in SIGLES)


def without_wishes(words: list[str]) -> list[str]:
    """« devenir coiffeuse », « métier de coiffeuse » → what is wished for; all the words when there is nothing else."""
    return [word for word in words if word not in WISHES] or words


def asks_for_a_job(text: str) -> bool:
    """Whether the text names a job as such: « devenir… », « métier de… », « je veux être… »."""
    return bool(JOB_WORDS & set(fold(text).split()))
