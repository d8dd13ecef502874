"""Placeholder."""


def project(frames, reference):
    return []
