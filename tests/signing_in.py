"""Signing somebody in to the desk, second factor given."""

from django_otp import DEVICE_ID_SESSION_KEY


def signed_in(client, user):
    """The client, in a session of `user` that has given its second factor; one is made for who has none."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    device, _ = TOTPDevice.objects.get_or_create(user=user, name="téléphone")
    client.force_login(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client
