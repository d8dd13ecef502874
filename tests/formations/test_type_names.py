"""No two types of diploma are called alike."""

from formations.type_names import TypeName, type_names

TYPES = [
    ("500", "CAP", "Certificat d’aptitude professionnelle", 3),
    ("400", "Bac pro", "Bac professionnel", 4),
    ("403", "Bac pro", "Bac professionnel agricole", 4),
    ("56T", "Titre professionnel", "TH de niv 5 ministère du travail - afpa", 3),
    ("46T", "Titre professionnel", "TH de niv 4 ministère du travail - afpa", 4),
    ("36T", "Titre professionnel", "TH de niv 3 ministère du travail - afpa", 5),
    ("56S", "Titre RNCP", "TH de niv 5 santé social", 3),
    ("56M", "Titre RNCP", "TH de niv 5 des chambres de métiers", 3),
    ("251", "BUT", "Bachelor universitaire de technologie", 6),
    ("250", "BUT", "Bachelor universitaire de technologie", 6),
    ("000", "Essai", "Sans niveau", None),
    ("001", "Essai", "Sans niveau non plus", None),
]


def test_names_tell_types_apart_by_level_or_by_who_delivers_them():
    assert type_names(TYPES) == {
        "500": TypeName("CAP"),
        "400": TypeName("Bac pro"),
        "403": TypeName("Bac professionnel agricole"),
        "56T": TypeName("Titre professionnel", 3),
        "46T": TypeName("Titre professionnel", 4),
        "36T": TypeName("Titre professionnel", 5),
        "56S": TypeName("Titre RNCP", 3, "santé social"),
        "56M": TypeName("Titre RNCP", 3, "des chambres de métiers"),
        "251": TypeName("Bachelor universitaire de technologie", detail="code 251"),
        "250": TypeName("Bachelor universitaire de technologie", detail="code 250"),
        "000": TypeName("Essai"),
        "001": TypeName("Sans niveau non plus"),
    }
