"""What a visitor says of an error."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.models import Report
from reports.places import figure_of, place_of
from stats.indicators import INDICATORS

MOST_CHARACTERS = 2_000

_WHAT = (
    (Report.What.FIGURE, _("un chiffre")),
    (Report.What.NAME, _("un nom ou un libellé")),
    (Report.What.PLACE, _("une adresse ou un lieu")),
    (Report.What.TEACHING, _("ce qui est enseigné, et où")),
    (Report.What.OTHER, _("autre chose")),
)
_WHO = (
    (Report.Who.FAMILY, _("un élève, un apprenti ou une famille")),
    (Report.Who.SCHOOL, _("un établissement")),
    (Report.Who.PROFESSIONAL, _("un professionnel de l’orientation, de l’éducation ou des données")),
)


def _figures():
    return [("", _("Je ne sais pas, ou plusieurs")), *((one.name, _(one.label)) for one in INDICATORS)]


class ReportForm(forms.Form):
    """The fields of the page; their names are those of its address, which fills them in."""

    quoi = forms.ChoiceField(
        label=_("Qu’est-ce qui est faux\u00a0?"),
        choices=_WHAT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce qui est faux.")},
    )
    chiffre = forms.ChoiceField(
        label=_("Quel chiffre, si c’en est un\u00a0?"),
        choices=_figures,
        required=False,
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    texte = forms.CharField(
        label=_("Qu’avez-vous lu, et que faudrait-il lire\u00a0?"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 6}),
        help_text=_("2 000 caractères au plus. Ne nommez aucun élève."),
        error_messages={
            "required": _("Dites ce qui est faux, en quelques mots."),
            "max_length": _("Le message dépasse 2 000 caractères\u00a0: raccourcissez-le."),
        },
    )
    qui = forms.ChoiceField(
        label=_("Vous êtes"),
        choices=_WHO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez qui vous êtes.")},
    )
    reponse = forms.BooleanField(label=_("Je souhaite une réponse par courriel"), required=False)
    courriel = forms.EmailField(
        label=_("Votre adresse électronique, si vous souhaitez une réponse"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "fr-input", "autocomplete": "email"}),
        help_text=_("Elle ne sert qu’à vous répondre\u00a0; elle est effacée 30 jours après."),
        error_messages={"invalid": _("Cette adresse électronique est incomplète.")},
    )
    # For robots, which fill in everything; people do not see it.
    site = forms.CharField(
        label=_("Laissez ce champ vide"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    jeton = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, **options):
        super().__init__(data, label_suffix="", **options)

    @cached_property
    def place(self):
        """The `Place` that the fields name; nothing else of what an address says of it is shown again."""
        given = self.data if self.is_bound else self.initial
        return place_of(given.get("page", ""), given.get("formation", ""), given.get("voie", ""))

    @property
    def hidden(self):
        """[(name, value)] of the place, as the form sends them again."""
        place = self.place
        of_school = {"formation": place.diploma, "voie": place.route} if place.school else {}
        return [(name, value) for name, value in ({"page": place.page} | of_school).items() if value]

    def clean_site(self):
        if self.cleaned_data["site"]:
            raise forms.ValidationError(gettext("Laissez vide le champ caché, puis envoyez de nouveau."))
        return ""

    def clean(self):
        fields = super().clean()
        if fields.get("reponse") and not fields.get("courriel") and "courriel" not in self.errors:
            self.add_error("courriel", gettext("Pour une réponse, écrivez votre adresse électronique."))
        return fields

    def fields_of_report(self):
        """What is kept of a valid form: an address only where an answer is wanted, a figure only where one is wrong."""
        said, place = self.cleaned_data, self.place
        is_figure = said["quoi"] == Report.What.FIGURE
        return {
            **{
                name: getattr(place, name) for name in ("page", "diploma", "school", "region", "route", "job")
            },
            "place": place.label[:300],
            "what": said["quoi"],
            "figure": said["chiffre"] if is_figure else "",
            "text": said["texte"],
            "who": said["qui"],
            "wants_answer": said["reponse"],
            "email": said["courriel"] if said["reponse"] else "",
        }


def initial_of(query):
    """What the address of the page fills in: its page, the figure; nothing that is not known."""
    figure = figure_of(query.get("chiffre", ""))
    return {
        "page": query.get("page", ""),
        "formation": query.get("formation", ""),
        "voie": query.get("voie", ""),
        "chiffre": figure,
        "quoi": Report.What.FIGURE if figure else None,
    }
