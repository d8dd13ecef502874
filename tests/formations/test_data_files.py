import pytest

from formations import abbreviations
from formations.data_files import DataFileError, read_entries


@pytest.fixture
def write(tmp_path):
    def _write(text):
        path = tmp_path / "search" / "data" / "formes.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def test_entries_are_read_in_order_without_comments_and_blanks(write):
    path = write("# Un commentaire ; ici\n\nste ; sainte\n  st;saint  \n")

    assert [entry.cells for entry in read_entries(path, 2)] == [("ste", "sainte"), ("st", "saint")]


def test_another_separator_may_part_the_cells(write):
    (entry,) = read_entries(write("how to be =\n"), 2, "=")

    assert entry.cells == ("how to be", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "# forme\nst ; saint ; saints\n",
            "search/data/formes.txt, ligne 2 : 2 cellules attendues, 3 trouvées",
        ),
        ("st\n", "search/data/formes.txt, ligne 1 : 2 cellules attendues, 1 trouvées"),
        ("\n ; saint\n", "search/data/formes.txt, ligne 2 : la première cellule est vide"),
        ("st ; saint\nst ; sainte\n", "search/data/formes.txt, ligne 2 : « st » est déjà plus haut"),
    ],
)
def test_line_that_cannot_be_read_is_named(write, text, message):
    with pytest.raises(DataFileError, match=f"^{message}$"):
        read_entries(write(text), 2)


def test_wrong_regular_expression_is_named(write):
    (entry,) = read_entries(write("bac(pro ; bacpro\n"), 2)

    with pytest.raises(DataFileError, match="formes.txt, ligne 1 : expression régulière incorrecte"):
        entry.pattern(r"\b(?:{})\b")


def test_types_that_hold_several_diplomas_are_marked():
    assert abbreviations.TYPE_SIGLES["503"] == "CAP agricole"
    assert "503" in abbreviations.MIXED_TYPES
    assert "500" not in abbreviations.MIXED_TYPES


def test_unknown_mark_of_a_type_is_named(write):
    with pytest.raises(DataFileError, match="ligne 1 : la troisième cellule est vide ou dit « plusieurs »"):
        abbreviations.read_types(write("503 ; CAP agricole ; mixte\n"))
