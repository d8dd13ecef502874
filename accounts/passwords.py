"""A forgotten password: a link by e-mail to choose another one. The second factor is still asked for afterwards."""

from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.http import HttpResponseRedirect
from django.urls import path, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.events import record
from accounts.models import Event
from accounts.throttling import forgotten_password_try, sign_in_try, wait_sentence


class _ThenSend(HttpResponseRedirect):
    """A redirection after which something is done: the time of the answer does not tell whether an account exists."""

    def __init__(self, address, send):
        super().__init__(address)
        self._send = send

    def close(self):
        super().close()
        self._send()


class ForgottenView(views.PasswordResetView):
    template_name = "admin/accounts/forgotten.html"
    email_template_name = "admin/accounts/forgotten_email.txt"
    subject_template_name = "admin/accounts/forgotten_subject.txt"
    success_url = reverse_lazy("admin:password_reset_done")
    form_class = PasswordResetForm

    def form_valid(self, form):
        if seconds := forgotten_password_try(self.request).begin():
            form.add_error(None, wait_sentence(seconds))
            return self.form_invalid(form)
        options = {
            "use_https": self.request.is_secure(),
            "email_template_name": self.email_template_name,
            "subject_template_name": self.subject_template_name,
            "request": self.request,
        }
        return _ThenSend(self.success_url, lambda: form.save(**options))


@method_decorator(never_cache, "dispatch")
class NewPasswordView(views.PasswordResetConfirmView):
    template_name = "admin/accounts/new_password.html"
    success_url = reverse_lazy("admin:login")

    def form_valid(self, form):
        response = super().form_valid(form)
        record(Event.Kind.PASSWORD_CHANGED, self.user, self.user, par_courriel=True)
        # Whoever reads the e-mail of the account need not wait for the tries of strangers.
        sign_in_try(self.request, self.user.get_username()).succeed()
        return response


def urls(site):
    """The addresses of a forgotten password, which anybody may ask for."""

    def page(view, title, **options):
        def inner(request, **kwargs):
            context = {**site.each_context(request), "is_nav_sidebar_enabled": False, "title": title}
            return view.as_view(extra_context=context, **options)(request, **kwargs)

        return inner

    done = {"template_name": "admin/accounts/forgotten_done.html"}
    return [
        path("oubli/", page(ForgottenView, "Mot de passe oublié"), name="password_reset"),
        path(
            "oubli/envoye/",
            page(views.PasswordResetDoneView, "Lien envoyé", **done),
            name="password_reset_done",
        ),
        path(
            "oubli/<uidb64>/<token>/",
            page(NewPasswordView, "Nouveau mot de passe"),
            name="password_reset_confirm",
        ),
    ]
