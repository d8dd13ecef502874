"""Identifies the caller by an API key or by the one-day token of a former user. Public addresses ignore wrong ones."""

from datetime import timedelta

import jwt
from django.utils import timezone
from django.utils.crypto import salted_hmac

from api.models import ApiKey, ApiUser, is_right_former_password

ISSUER = "exposition-ij"
LIFETIME = timedelta(days=1)
_ALGORITHM = "HS256"


def _signing_key():
    # The first name of this module: with another salt, the tokens of the day of a deployment would be refused.
    return salted_hmac("stats.api.exposition.auth", "", algorithm="sha256").hexdigest()


def token_for(user):
    """A token that `user` may show for one day."""
    now = int(timezone.now().timestamp())
    claims = {
        "username": user.username,
        "iat": now,
        "exp": now + int(LIFETIME.total_seconds()),
        "iss": ISSUER,
    }
    return jwt.encode(claims, _signing_key(), _ALGORITHM)


def user_of(token):
    """The active user that a token names, None when it is not one of ours or is out of date."""
    try:
        claims = jwt.decode(
            token, _signing_key(), [_ALGORITHM], issuer=ISSUER, options={"require": ["exp", "iat", "iss"]}
        )
    except jwt.InvalidTokenError:
        return None
    username = claims.get("username")
    return ApiUser.objects.filter(username=username, is_active=True).first() if username else None


def consumer_of(request):
    """The `ApiKey` or `ApiUser` that calls, None when the request names nobody or nobody we know."""
    header = request.META.get("HTTP_X_API_KEY", "")
    if header and (consumer := ApiKey.objects.valid(header) or user_of(header)):
        return consumer
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "bearer" and (consumer := user_of(token.strip())):
        return consumer
    key = request.GET.get("apiKey", "")
    return ApiKey.objects.valid(key) if key else None


def user_with(username, password):
    """The active user with this password, None otherwise.

    Whoever is named, one former hash and one present hash are computed: the time of an answer does not tell who exists.
    """
    user = ApiUser.objects.filter(username=username, is_active=True).first()
    former = ApiUser.objects.a_former_password()
    if user is None:
        is_right = False
        ApiUser().set_password(password)
    else:
        had_former_password = user.has_former_password
        is_right = user.check_password(password)
        if had_former_password and not is_right:
            ApiUser().set_password(password)
    if former and not (user and had_former_password):
        is_right_former_password(password, former)
    return user if is_right else None
