"""People, invitations and the journal of both, for who administers them. Roles are in `accounts.roles`, not edited here."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from dsfr.models import DsfrConfig

from accounts import invitations, second_factor, sessions
from accounts.events import record
from accounts.models import Event, Invitation
from accounts.read_only import ReadOnlyAdmin
from accounts.roles import MANAGE_PEOPLE, READ_JOURNAL, ROLES

# Roles are code; secrets are shown once, to their owner; nobody sets the password of somebody else.
for _model in (User, Group, TOTPDevice, StaticDevice, DsfrConfig):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


def _roles():
    return Group.objects.filter(name__in=ROLES)


class _OfPeople(admin.ModelAdmin):
    """Seen and changed by who manages people."""

    def _may(self, request):
        return request.user.has_perm(MANAGE_PEOPLE)

    def has_module_permission(self, request):
        return self._may(request)

    def has_view_permission(self, request, obj=None):
        return self._may(request)

    def has_add_permission(self, request):
        return self._may(request)

    def has_change_permission(self, request, obj=None):
        return self._may(request)

    def has_delete_permission(self, request, obj=None):
        return self._may(request)


class PersonForm(forms.ModelForm):
    groups = forms.ModelMultipleChoiceField(
        _roles(), label="Rôles", required=False, widget=forms.CheckboxSelectMultiple
    )


@admin.register(User)
class PersonAdmin(_OfPeople):
    """An account is made by its owner, from an invitation; it is closed, never deleted: journals name it."""

    form = PersonForm
    list_display = ["username", "full_name", "role_names", "is_active", "has_second_factor", "last_login"]
    list_filter = ["groups", "is_active"]
    search_fields = ["username", "first_name", "last_name"]
    fields = ["username", "first_name", "last_name", "email", "is_active", "groups", "last_login"]
    readonly_fields = ["username", "last_login"]
    change_form_template = "admin/accounts/person.html"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "totpdevice_set")

    def get_readonly_fields(self, request, obj=None):
        """Nobody raises oneself, or closes one's own account."""
        own = ["groups", "is_active", "email"] if obj == request.user else []
        return [*self.readonly_fields, *own]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_above

    @admin.display(description="nom")
    def full_name(self, person):
        return person.get_full_name()

    @admin.display(description="rôles")
    def role_names(self, person):
        names = sorted(group.name for group in person.groups.all())
        return ", ".join(["tous les droits", *names] if person.is_superuser else names) or "aucun"

    @admin.display(description="second facteur", boolean=True)
    def has_second_factor(self, person):
        return any(device.confirmed for device in person.totpdevice_set.all())

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/second-facteur/", wrap(self.reset_factor_view), name="auth_user_reset_factor"),
            path("<int:pk>/sessions/", wrap(self.end_sessions_view), name="auth_user_end_sessions"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        person = self.get_object(request, object_id)
        may = person is not None and self.has_change_permission(request, person)
        context = {"person": person, "sessions": list(person.sessions.all()) if may else None}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def save_related(self, request, form, formsets, change):
        person = form.instance
        former = sorted(person.groups.values_list("name", flat=True))
        super().save_related(request, form, formsets, change)
        roles = sorted(person.groups.values_list("name", flat=True))
        if roles != former:
            record(Event.Kind.ROLES_CHANGED, request.user, person, avant=former, apres=roles)
        if "is_active" in form.changed_data:
            if not person.is_active:
                sessions.end(person)
            record(Event.Kind.ACCESS_CHANGED, request.user, person, ouvert=person.is_active)

    def _person(self, request, pk):
        person = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def _back(self, person):
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))

    def reset_factor_view(self, request, pk):
        """Take somebody's second factor away, who sets up another one at the next sign-in."""
        person = self._person(request, pk)
        if request.method == "POST":
            second_factor.reset(person)
            sessions.end(person, but=request.session.session_key)
            record(Event.Kind.FACTOR_RESET, request.user, person)
            messages.success(
                request, "Second facteur ôté\u00a0: un autre sera demandé à la prochaine connexion."
            )
        return self._back(person)

    def end_sessions_view(self, request, pk):
        person = self._person(request, pk)
        if request.method == "POST":
            ended = sessions.end(person, but=request.session.session_key)
            record(Event.Kind.SESSIONS_ENDED, request.user, person, nombre=ended)
            messages.success(request, f"Sessions fermées\u00a0: {ended}.")
        return self._back(person)


class InvitationForm(forms.ModelForm):
    roles = forms.ModelMultipleChoiceField(_roles(), label="Rôles", widget=forms.CheckboxSelectMultiple)

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(username=email).exists():
            raise forms.ValidationError("Cette personne a déjà un compte.")
        return email


@admin.register(Invitation)
class InvitationAdmin(_OfPeople):
    form = InvitationForm
    list_display = ["email", "invited_by", "created_at", "expires_at", "accepted_at"]
    fields = ["email", "roles"]

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.invited_by = request.user.get_username()
        super().save_model(request, obj, form, change)
        # A second one would leave the first link open.
        Invitation.objects.filter(email=obj.email, accepted_at=None).exclude(pk=obj.pk).delete()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        roles = sorted(group.name for group in form.cleaned_data["roles"])
        record(Event.Kind.INVITED, request.user, form.instance.email, roles=roles)
        try:
            invitations.send(form.instance, request)
        except OSError:
            messages.error(request, "Le message n’a pas pu partir. Supprimez cette invitation, et réessayez.")

    def delete_model(self, request, obj):
        record(Event.Kind.INVITATION_CANCELLED, request.user, obj.email)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for invitation in queryset:
            self.delete_model(request, invitation)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The journal of people."""

    list_display = ["at", "kind", "who", "about"]
    list_filter = ["kind"]
    search_fields = ["who", "about"]
    date_hierarchy = "at"
    fields = readonly_fields = ["at", "kind", "who", "about", "details", "previous", "digest"]

    def has_module_permission(self, request):
        return request.user.has_perm(READ_JOURNAL)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(READ_JOURNAL)
