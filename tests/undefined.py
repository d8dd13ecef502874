"""What a template prints for an undefined variable: nothing in templates of others, a failure in ours."""

import sys

from django.conf import settings
from django.template.base import FilterExpression, Node
from django.template.defaultfilters import default, default_if_none
from django.templatetags.i18n import BlockTranslateNode


class UndefinedVariable(AssertionError):
    pass


class Undefined(str):
    """Django asks it whether it is empty, or whether it holds "%s", when a variable is undefined."""

    def __bool__(self):
        _refuse_in_our_templates()
        return False

    def __contains__(self, text):
        _refuse_in_our_templates()
        return False

    def __mod__(self, variable):
        return ""


def _refuse_in_our_templates():
    expression, frame = None, sys._getframe(2)
    while frame:
        value = frame.f_locals.get("self")
        if isinstance(value, FilterExpression) and expression is None:
            expression = value
        if isinstance(value, Node) and getattr(value, "origin", None):
            if expression is None and not isinstance(value, BlockTranslateNode):
                return
            if _is_ours(value.origin.name) and not _has_default(expression):
                name = expression.token if expression else "blocktranslate"
                raise UndefinedVariable(f"{value.origin.name} : « {name} » n’est pas défini")
            return
        frame = frame.f_back


def _is_ours(path):
    return str(path).startswith(str(settings.BASE_DIR)) and "site-packages" not in str(path)


def _has_default(expression):
    return bool(expression and expression.filters and expression.filters[0][0] in {default, default_if_none})
