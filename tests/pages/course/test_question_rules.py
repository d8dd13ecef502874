"""Questions follow from the figures, and from their holes."""

from pages.course.question_rules import LIMIT, QuestionContext, questions
from stats.reasons import Reason


def texts(values=None, reasons=None, route="pro", **fields):
    return [
        question.text for question in questions(QuestionContext(values or {}, reasons or {}, route, **fields))
    ]


def test_many_who_study_on_call_for_asking_where():
    assert "Vers quelles études" in texts({"taux_en_formation": 50})[0]
    assert not [text for text in texts({"taux_en_formation": 49}) if "Vers quelles études" in text]


def test_a_quarter_in_another_situation_calls_for_asking_what_became_of_them():
    assert "Que deviennent ceux" in texts({"taux_autres_6_mois": 25})[0]
    assert not [text for text in texts({"taux_autres_6_mois": 24}) if "Que deviennent ceux" in text]


def test_without_any_figure_one_asks_about_changing_course_and_dropping_out():
    found = texts()

    assert any("Si je change d’avis" in text for text in found)
    assert any("vont jusqu’au diplôme" in text for text in found)
    assert not any("Qu’est-ce qui a changé" in text for text in found)


def test_zero_is_a_figure_and_calls_for_its_question():
    (first, *_rest) = questions(QuestionContext({"taux_en_emploi_6_mois": 0}, {}, "pro"))

    assert first.because == "taux_en_emploi_6_mois"
    assert "Qui aide" in first.text


def test_small_group_calls_for_no_guess():
    asked = texts(reasons={"taux_en_emploi_6_mois": Reason.TOO_FEW_PEOPLE})

    assert "Le groupe est petit" in asked[0]
    assert not [text for text in asked if "Dans quels métiers" in text or "Qui aide" in text]


def test_apprentices_ask_about_the_company_and_pupils_about_internships():
    assert any("trouver une entreprise" in text for text in texts(route="apprentissage"))
    assert any("semaines de stage" in text for text in texts(route="pro"))


def test_figures_of_another_diploma_call_for_what_changed():
    assert any("Qu’est-ce qui a changé" in text for text in texts(is_stand_in=True))


def test_new_course_calls_for_its_age():
    assert "Depuis quand" in texts(reasons={"taux_en_emploi_6_mois": Reason.TOO_NEW})[0]


def test_there_are_a_few_questions_and_those_of_figures_come_first():
    everything = {
        "taux_en_formation": 60,
        "taux_autres_6_mois": 30,
        "taux_en_emploi_6_mois": 60,
        "taux_rupture_contrats": 40,
    }
    found = questions(QuestionContext(everything, {}, "apprentissage", is_stand_in=True))

    assert len(found) == LIMIT
    assert [bool(question.because) for question in found] == [True] * 4 + [False] * 2
