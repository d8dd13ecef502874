"""A sealed page: nothing in it leads anywhere, runs, or is sent."""

import pytest

from deliveries.preview.sealing import MARK, marked, seal

PAGE = (
    '<!doctype html><html lang="fr"><head><title>A &amp; b &#233;</title><base href="/x/">'
    '<meta name="robots" content="index"><meta http-equiv="refresh" content="1"><meta charset="utf-8">'
    '<link rel="canonical" href="/x/"><link rel="stylesheet" href="/static/a.css">'
    '<script src="/static/a.js">if (1 < 2) {}</script></head>'
    '<body><!-- secret --><a class="b" href="/autre/" target="_top">Lien</a> <a href="#bas">Bas</a>'
    '<form action="/recherche/" class="f"><input name="q"><button>Va</button></form>'
    '<noscript><p>Sans</p></noscript><iframe src="/y/">z</iframe><img src="/api/x.svg" onload="x()"/>'
    '<svg viewBox="0 0 1 1"><use href="#h"/></svg><p>5 > 3</p></body></html>'
)


@pytest.fixture(scope="module")
def sealed():
    return seal(PAGE, "/static/apercu.css")


@pytest.mark.parametrize(
    "text",
    [
        "/autre/",
        "<script",
        "1 < 2",
        "<form",
        "/recherche/",
        "/x/",
        "refresh",
        "/y/",
        "/api/",
        "onload",
        "secret",
        "Sans",
        "_top",
    ],
)
def test_nothing_leads_out(sealed, text):
    assert text not in sealed


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html>",
        "A &amp; b &#233;",
        '<a class="b">Lien</a>',
        '<a href="#bas">Bas</a>',
        '<div class="f"><input name="q" disabled><button disabled>Va</button></div>',
        '<link rel="stylesheet" href="/static/a.css">',
        '<meta name="robots" content="noindex, nofollow"><link rel="stylesheet" href="/static/apercu.css"></head>',
        f"<body>{MARK}",
        '<svg viewBox="0 0 1 1"><use href="#h"/></svg><p>5 > 3</p>',
    ],
)
def test_what_is_read_stays(sealed, text):
    assert text in sealed


def test_mark_is_written_once_and_cannot_be_forged(sealed):
    page = marked(sealed, ["Aperçu, non publié", "Lycée <Bel-Air>"])
    assert MARK not in page
    assert page.count("Aperçu, non publié") == 1
    assert "Lycée &lt;Bel-Air&gt;" in page


def test_what_is_published_is_not_marked_all_over(sealed):
    assert "preview-mark__over" not in marked(sealed, ["Publié aujourd’hui"], is_published=True)
