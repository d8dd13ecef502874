"""The page of a report in the desk, as a plain dataclass."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.roles import WITHDRAW_FIGURE
from reports.desk_forms import FORMS
from reports.history import History, history_of
from reports.models import Report, Step
from stats.indicators import BY_NAME
from stats.wording import route_label


@dataclass(frozen=True)
class StepView:
    at: datetime
    kind: str
    who: str
    text: str
    is_sent: bool


@dataclass(frozen=True)
class Gesture:
    """A form of the page: Gesture(name="noter", title="Noter", button="Ajouter", address="/gestion/…", form=NoteForm(…))."""

    name: str
    title: str
    button: str
    address: str
    form: Any


@dataclass(frozen=True)
class ReportView:
    """What the page of a report shows.

    facts: [(label, text)]. address: of the public page, "" without one. steps: what was done, oldest first. gestures:
    what may be done now. withdrawal: address of the page that withdraws the figure, "" where nobody may.
    """

    number: int
    state: str
    state_label: str
    text: str
    facts: list[tuple[str, str]]
    address: str
    steps: list[StepView]
    gestures: list[Gesture]
    history: History
    withdrawal: str


_GESTURES = {
    "confier": ("Confier", "Confier"),
    "noter": ("Noter", "Ajouter la note"),
    "repondre": ("Répondre par courriel", "Envoyer la réponse"),
    "clore": ("Clore", "Clore"),
    "rouvrir": ("Rouvrir", "Rouvrir"),
}


def report_view(report: Report, user, bound: dict) -> ReportView:
    """The `ReportView` for `user`. bound: {name of a gesture: its form, where something is wrong in it}."""
    steps = list(report.steps.all())
    return ReportView(
        number=report.pk,
        state=report.state,
        state_label=report.get_state_display(),
        text=report.text,
        facts=_facts(report),
        address=report.page,
        steps=[_step(step) for step in steps],
        gestures=[_gesture(name, report, bound) for name in _possible(report)],
        history=history_of(report),
        withdrawal=_withdrawal(report, user),
    )


def _step(step):
    is_unsent = step.kind == Step.Kind.ANSWER and step.sent_at is None
    return StepView(step.at, step.get_kind_display(), step.who, step.text, not is_unsent)


def _facts(report):
    figure = BY_NAME.get(report.figure)
    answer = report.email or ("attendue, adresse effacée" if report.wants_answer else "non attendue")
    facts = [
        ("Reçu le", f"{timezone.localtime(report.at):%d/%m/%Y à %H:%M}"),
        ("Sur", report.get_what_display()),
        ("Chiffre", figure.label if figure else ""),
        ("Où", report.place or "page non précisée"),
        ("Voie", route_label(report.route) if report.route else ""),
        ("De", report.get_who_display()),
        ("Langue", report.language),
        ("Réponse", answer),
        ("Confié à", report.assigned_to.get_username() if report.assigned_to else "personne"),
    ]
    return [(label, text) for label, text in facts if text]


def _possible(report):
    if not report.is_open:
        return ["noter", "rouvrir"]
    return ["confier", "noter", *(["repondre"] if report.email else []), "clore"]


def _gesture(name, report, bound):
    title, button = _GESTURES[name]
    address = reverse("admin:reports_report_handle", args=[report.pk, name])
    initial = {"to": report.assigned_to_id} if name == "confier" else None
    form = bound.get(name) or FORMS[name](initial=initial, prefix=None)
    form.auto_id = f"{name}-%s"
    return Gesture(name, title, button, address, form)


def _withdrawal(report, user):
    if not report.school or not user.has_perm(WITHDRAW_FIGURE):
        return ""
    return f"{reverse('admin:stats_figurenotice_add')}?uai={report.school}"
