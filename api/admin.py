"""Administration of the consumers of the APIs: keys, shown once, former users, usage by day."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.read_only import ReadOnlyAdmin
from api.models import ApiKey, ApiUser, UsageDay


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):
    """A key is made when its consumer is added, and shown this once: only its hash is kept."""

    list_display = ["label", "shown_prefix", "is_active", "created_at", "last_used_on"]
    list_filter = ["is_active"]
    search_fields = ["label"]
    fields = ["label", "is_active", "shown_prefix", "created_at", "last_used_on"]
    readonly_fields = ["shown_prefix", "created_at", "last_used_on"]

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["label"]

    @admin.display(description=_("début de la clé"))
    def shown_prefix(self, key):
        return f"{key.prefix}…"

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            return
        made, key = ApiKey.objects.make(obj.label)
        obj.__dict__.update(made.__dict__)
        sentence = gettext(
            "Clé de «\u00a0%(label)s\u00a0»\u00a0: %(key)s. Copiez-la\u00a0: elle ne sera plus jamais montrée."
        )
        messages.warning(request, sentence % {"label": obj.label, "key": key})


class ApiUserForm(forms.ModelForm):
    new_password = forms.CharField(
        label=_("Nouveau mot de passe"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Laissez vide pour ne pas le changer."),
    )

    class Meta:
        model = ApiUser
        fields = ["username", "is_active"]

    def clean_new_password(self):
        password = self.cleaned_data["new_password"]
        if not password and not self.instance.password:
            raise forms.ValidationError(_("Un nouvel utilisateur a besoin d’un mot de passe."))
        return password

    def save(self, commit=True):
        if self.cleaned_data["new_password"]:
            self.instance.set_password(self.cleaned_data["new_password"])
        return super().save(commit)


@admin.register(ApiUser)
class ApiUserAdmin(admin.ModelAdmin):
    form = ApiUserForm
    list_display = ["username", "is_active", "has_former_password", "created_at", "last_used_on"]
    list_filter = ["is_active"]
    search_fields = ["username"]
    fields = ["username", "is_active", "new_password", "created_at", "last_used_on"]
    readonly_fields = ["created_at", "last_used_on"]

    def get_fields(self, request, obj=None):
        return self.fields if self.has_change_permission(request, obj) else self.fields[:2]

    @admin.display(description=_("ancien mot de passe"), boolean=True)
    def has_former_password(self, user):
        return user.has_former_password


@admin.register(UsageDay)
class UsageDayAdmin(ReadOnlyAdmin):
    """Calls as they were counted."""

    list_display = ["day", "consumer", "route", "code", "school", "region", "status", "count"]
    list_filter = ["route", "status"]
    search_fields = ["consumer", "code", "school"]
    date_hierarchy = "day"
