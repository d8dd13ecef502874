"""A public page as it is kept and shown in a preview: nothing in it leads anywhere, runs, or is sent."""

from html import escape
from html.parser import HTMLParser

Attributes = dict[str, str | None]

# Where the sentence that says what the page is goes; it is written each time that the page is shown.
MARK = "<!--apercu-->"
# Nothing but the style, fonts and pictures of the site; no script, no form, no link that takes the whole window.
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'none'; "
    "base-uri 'none'; sandbox allow-same-origin; frame-ancestors {ancestors}"
)
_DROPPED = {"script", "iframe", "object", "embed", "base", "template", "noscript"}
_VOID = {"embed", "base"}
_FIELDS = {"input", "button", "select", "textarea"}


def seal(page: str, stylesheet: str) -> str:
    """The page without scripts, forms and links, with the address of its own sheet and the place of its mark."""
    sealer = _Sealer(stylesheet)
    sealer.feed(page)
    sealer.close()
    return "".join(sealer.written)


def marked(sealed: str, sentences: list[str], is_published: bool = False) -> str:
    """The page with what it is written on top of it, and over its whole length where it is not published."""
    lines = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    name = "preview-mark preview-mark--published" if is_published else "preview-mark"
    over = "" if is_published else '<div class="preview-mark__over" aria-hidden="true"></div>'
    return sealed.replace(MARK, f'<div class="{name}" role="note">{lines}</div>{over}', 1)


class _Sealer(HTMLParser):
    """Writes a page again as it comes, but for what leads out of it."""

    def __init__(self, stylesheet: str) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._stylesheet = stylesheet
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside or tag in _DROPPED:
            if tag in _DROPPED - _VOID:
                self._inside.append(tag)
            return
        text = self._start(tag, dict(attrs))
        if text is not None:
            self.written.append(text)
        if tag == "body":
            self.written.append(MARK)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._write("" if tag in _DROPPED else self._start(tag, dict(attrs)) or "")

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            if tag == self._inside[-1]:
                self._inside.pop()
            return
        if tag == "head":
            self.written.append(
                '<meta name="robots" content="noindex, nofollow">'
                f'<link rel="stylesheet" href="{escape(self._stylesheet)}">'
            )
        self.written.append("</div>" if tag == "form" else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._write(f"<!{decl}>")

    def _write(self, text: str) -> None:
        if not self._inside:
            self.written.append(text)

    def _start(self, tag: str, attributes: Attributes) -> str | None:
        """What is written for a start of tag, None where nothing is."""
        if tag == "link" and attributes.get("rel") not in {"stylesheet", "icon"}:
            return None
        if tag == "meta" and ("http-equiv" in attributes or attributes.get("name") == "robots"):
            return None
        if tag == "form":
            return _written("div", {"class": attributes["class"]} if attributes.get("class") else {})
        kept = {name: value for name, value in attributes.items() if not _leads_out(tag, name, value)}
        if tag in _FIELDS:
            kept["disabled"] = None
        return self.get_starttag_text() if kept == attributes else _written(tag, kept)


def _leads_out(tag: str, name: str, value: str | None) -> bool:
    if name.startswith("on") or name in {"ping", "target", "formaction"}:
        return True
    is_address = name in {"href", "xlink:href", "src", "srcset", "poster", "action"}
    if not is_address or tag == "link":
        return False
    return not (value or "").startswith(("#", "data:image/", "/static/"))


def _written(tag: str, attributes: Attributes) -> str:
    texts = (name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{' '.join([tag, *texts])}>"
