"""How people spell the kinds of diplomas, and words in short: baccalauréat professionnel, bac pro, MC, auto…"""

import re
from functools import lru_cache

from formations.text_folding import fold

# What people write for a kind of diploma, or in short → the word by which it is indexed.
_SPELLINGS = [
    (re.compile(rf"\b(?:{spelling})\b"), word)
    for spelling, word in (
        (r"bac(?:calaureat)? ?pro(?:f|fessionnel)?", "bacpro"),
        (r"bac(?:calaureat)? ?techno(?:logique)?", "bactechno"),
        (r"certificat (?:d )?aptitude professionnelle agricole|cap agricole", "capa"),
        (r"certificat (?:d )?aptitude professionnelle", "cap"),
        (r"brevets? (?:de )?technicien superieur agricole|bts agricole", "btsa"),
        (r"brevets? (?:de )?technicien superieur", "bts"),
        (r"brevets? professionnel", "bp"),
        (r"brevet (?:d )?etudes professionnelles", "bep"),
        (r"brevet (?:des )?metiers (?:d )?art", "bma"),
        (r"mentions? complementaires?", "mc"),
        (r"certificats? (?:de )?specialisation", "cs"),
        (r"titre professionnel", "tp"),
        (r"autos?", "automobile"),
        (r"motos?", "motocycle"),
    )
]
_MAY_CHANGE = re.compile(r"\b(?:bac|brevet|bts agri|cap agri|certificat|mention|titre|auto|moto)")
_SIGLE_LIST = "cap capa bac bacpro bactechno bts btsa bp bpa bep bepa bma mc cs tp but dut dnmade"
SIGLES = frozenset(_SIGLE_LIST.split())
# The complementary mentions are becoming certificates of specialisation.
SAME_SIGLES = {"mc": ("mc", "cs")}


@lru_cache(maxsize=8192)
def spelt_out(text):
    """Plain text where each kind of diploma, however it is spelt, is one word."""
    text = fold(text)
    if not _MAY_CHANGE.search(text):
        return text
    for pattern, word in _SPELLINGS:
        text = pattern.sub(word, text)
    return text


def without_sigles(text):
    return " ".join(word for word in spelt_out(text).split() if word not in SIGLES)


_WISH_LIST = (
    "devenir etre veux veut voudrais aimerais aimer faire travailler metier metiers job boulot profession formation "
    "formations apprendre comment quel quelle quelles quels je j moi plus tard occuper pres cote autour proche vers "
    "chez etudier diplome diplomes"
)
_WISHES = frozenset(_WISH_LIST.split())
_JOB_WORDS = frozenset(("devenir", "etre", "metier", "metiers", "job", "boulot", "profession"))
# What people write for the place of their studies, or the kind of place.
_SCHOOL_LIST = (
    "lycee lycees lp lpo cfa mfr erea greta ecole ecoles etablissement etablissements campus institut"
)
SCHOOL_WORDS = frozenset(_SCHOOL_LIST.split())


def without_wishes(words):
    """« devenir coiffeuse », « métier de coiffeuse » → what is wished for; all the words when there is nothing else."""
    return [word for word in words if word not in _WISHES] or words


def asks_for_a_job(text):
    """Whether the text names a job as such: « devenir… », « métier de… », « je veux être… »."""
    return bool(_JOB_WORDS & set(fold(text).split()))
