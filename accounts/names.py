"""How a journal names somebody: an account may be renamed or deleted later."""

from django.contrib.auth.models import AbstractBaseUser


def name_of(user: AbstractBaseUser | None) -> str:
    """ "Camille Martin (camille@example.org)", or the identifier alone; "" for nobody, as on the command line."""
    if user is None:
        return ""
    full_name = user.get_full_name()
    return f"{full_name} ({user.get_username()})" if full_name else user.get_username()
