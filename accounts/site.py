"""The site of the admin: who comes in, and the pages by which one comes in."""

from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters


class DeskSite(admin.AdminSite):
    """Django's admin, for whom the password and, where their powers ask for it, the second factor were right."""

    site_title = site_header = "Gestion des données"
    login_template = "admin/accounts/sign_in.html"

    @property
    def login_form(self):
        from accounts.sign_in import SignInForm

        return SignInForm

    def has_permission(self, request):
        from accounts.second_factor import is_missing

        return super().has_permission(request) and not is_missing(request.user)

    def admin_view(self, view, cacheable=False):
        from accounts import sessions

        protected = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            sessions.keep(request)
            return protected(request, *args, **kwargs)

        return inner

    @method_decorator((never_cache, sensitive_post_parameters("password")))
    def login(self, request, extra_context=None):
        """The form of the password; who has passed it goes on to the second factor, or to the page asked for."""
        from accounts import sign_in

        if request.method == "GET" and super().has_permission(request) and not self.has_permission(request):
            return self.to_second_factor(request)
        response = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            if not self.has_permission(request):
                return self.to_second_factor(request)
            sign_in.complete(request)
        return response

    def to_second_factor(self, request):
        return self.to_page(request, "admin:second_factor")

    def to_page(self, request, name):
        """On to a page of the entrance, which remembers the page that was asked for."""
        return HttpResponseRedirect(
            f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: self.next_of(request)})}"
        )

    def next_of(self, request):
        """The page of the desk that was asked for before the sign-in."""
        address = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
        is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
        return address if is_ours else reverse("admin:index")

    def password_change(self, request, extra_context=None):
        from accounts.events import record
        from accounts.models import Event

        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            record(Event.Kind.PASSWORD_CHANGED, request.user, request.user)
        return response

    def get_urls(self):
        from accounts import invitations, own_sessions, passwords, second_factor

        def open_to_all(view):
            return csrf_protect(never_cache(lambda request, **kwargs: view(self, request, **kwargs)))

        def of_the_desk(view):
            return self.admin_view(lambda request, **kwargs: view(self, request, **kwargs))

        return [
            path("second-facteur/", open_to_all(second_factor.ask_code), name="second_factor"),
            path("second-facteur/installer/", open_to_all(second_factor.enrol), name="second_factor_enrol"),
            path("second-facteur/changer/", of_the_desk(second_factor.change), name="second_factor_change"),
            path("mes-sessions/", of_the_desk(own_sessions.list_sessions), name="own_sessions"),
            path("invitation/<str:token>/", open_to_all(invitations.accept), name="invitation"),
            *passwords.urls(self),
            *super().get_urls(),
        ]
