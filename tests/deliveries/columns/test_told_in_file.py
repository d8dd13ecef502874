"""The columns of a file, told in TOML or in JSON."""

import pytest

from deliveries import check
from deliveries.columns import told_in_file
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv


def read(tmp_path, text, source="", name="colonnes.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return told_in_file.read(path, source)


def test_places_begin_at_one_and_false_means_that_the_file_lacks_it(tmp_path):
    told = ("inserjeunes_cfa", {"uai": 1, "region": None})
    assert read(tmp_path, 'source = "inserjeunes_cfa"\n[columns]\nuai = 2\nregion = false\n') == told
    text = '{"columns": {"uai": 2, "region": null}}'
    assert read(tmp_path, text, "inserjeunes_cfa", "colonnes.json") == told


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("columns = 3", "rome", "écrire une table «\u00a0columns\u00a0»"),
        ("[columns]\nuai = 2", "", "Nommez la source"),
        ('source = "rome"\n[columns]\nuai = 2', "cfa", "dit la source rome, et --source dit cfa"),
        ("[columns]\nuai = 0", "rome", "écrire la place de la colonne"),
        ("[columns]\nuai = true", "rome", "écrire la place de la colonne"),
        ("[columns", "rome", "colonnes.toml\u00a0: "),
    ],
)
def test_what_is_not_understood_is_told(tmp_path, text, source, words):
    with pytest.raises(told_in_file.NotUnderstood, match=words):
        read(tmp_path, text, source)


def test_the_checks_of_producers_read_it_too(tmp_path, capsys):
    (tmp_path / "cfa.csv").write_bytes(csv(CFA_HEADER.replace("Taux emploi 12 mois", ""), *CFA_ROWS))
    (tmp_path / "colonnes.toml").write_text(
        'source = "inserjeunes_cfa"\n[columns]\ntaux_emploi_12_mois = 13\n'
    )
    asked = [str(tmp_path / "cfa.csv"), "--columns", str(tmp_path / "colonnes.toml")]

    assert check.main(asked[:1]) == check.REFUSED
    assert check.main(asked) == check.PASSED
    assert "Colonne indiquée par quelqu’un" in capsys.readouterr().out
    (tmp_path / "colonnes.toml").write_text('source = "couleur"\n[columns]\nuai = 13\n')
    with pytest.raises(SystemExit):
        check.main(asked)
