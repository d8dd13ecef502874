from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Personnes et accès"
    default = True

    def ready(self):
        from accounts import roles, sessions

        post_migrate.connect(roles.write_groups, sender=self, dispatch_uid="roles")
        user_logged_in.connect(sessions.begin, dispatch_uid="sessions")
