"""The roles of the desk: what each may do, declared once; the groups of the database follow at each migration.

A person may hold several roles. What a role may do is not edited by hand: `manage.py migrate` writes it again.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions

APPROVE = "accounts.approve_delivery"
WITHDRAW_FIGURE = "accounts.withdraw_figure"
EDIT_TEXTS = "accounts.edit_texts"
HANDLE_REPORTS = "accounts.handle_reports"
READ_JOURNAL = "accounts.read_journal"
MANAGE_PEOPLE = "accounts.manage_people"

_READ = {
    "stats.view_delivery",
    "deliveries.view_columnmapping",
    "formations.view_diploma",
    "establishments.view_school",
    "api.view_usageday",
    "deliveries.view_expecteddelivery",
}
_PREPARE = _READ | {
    "stats.add_delivery",
    *(f"deliveries.{action}_expecteddelivery" for action in ("add", "change", "delete")),
    *(f"deliveries.{action}_columnmapping" for action in ("change", "delete")),
}
_APPROVE = _PREPARE | {
    "stats.delete_delivery",
    APPROVE,
    WITHDRAW_FIGURE,
    EDIT_TEXTS,
    READ_JOURNAL,
    HANDLE_REPORTS,
}
_ADMINISTER = _READ | {
    MANAGE_PEOPLE,
    READ_JOURNAL,
    *(
        f"api.{action}_{model}"
        for action in ("view", "add", "change", "delete")
        for model in ("apikey", "apiuser")
    ),
}
READER, PREPARER, APPROVER, ADMINISTRATOR = "lecteur", "préparateur", "approbateur", "administrateur"
# Answers families and schools who report an error, without publishing anything.
CORRESPONDENT = "correspondant"
ROLES = {
    READER: _READ,
    PREPARER: _PREPARE,
    APPROVER: _APPROVE,
    CORRESPONDENT: _READ | {HANDLE_REPORTS},
    ADMINISTRATOR: _ADMINISTER,
}


def needs_second_factor(user):
    """Whether somebody may publish, approve, withdraw or administer: more than to look and to prepare.

    A permission that nobody thought of asks for it too.
    """
    if user.is_superuser:
        return True
    powers = user.get_all_permissions() - _PREPARE
    return any(not power.partition(".")[2].startswith("view_") for power in powers)


def write_groups(using="default", **kwargs):
    """Give each group exactly the permissions of its role, after the permissions of every app are made."""
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0, using=using)
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permission_model.objects.using(using).select_related("content_type")
    }
    for name, powers in ROLES.items():
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.set([known[power] for power in powers])
