"""What the comments stand under: the page's title, its article and its address."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urljoin

from lxml import etree

from threads.markup import element_text
from threads.webpage.names import ELSEWHERE, FURNITURE, MENUS, _patterns, best_rank, fits, names_of
from threads.webpage.region import shown

# Where the text of an article stands, the surer first.
_ARTICLE = _patterns(
    "ip-article-?body|articlebody|article-body|story-body|toptext",
    "entry-content|post-body|article-content|article-text|story-content|post-content|e-content|expando",
    "post-bodycopy|content-body|main-content|article|story|node-content|field-name-body|usertext-body",
)
_COMMENTS = _patterns(
    "comments?|comments?-(?:area|section|list|wrapper|container)|commentlist|disqus-thread|kommentare"
)
_LEAST = 80  # characters of a text that is an article


def title_of(root: etree._Element, items: Collection[etree._Element]) -> str | None:
    """The heading that the page gives itself, without the name of the site."""
    headline = next(
        (e for e in root.iter("h1", "h2") if "headline" in (e.get("itemprop") or "") and shown(e)), None
    )
    headings = [
        e for e in root.iter("h1") if shown(e) and not any(above in items for above in e.iterancestors())
    ]
    if headline is None and len(headings) == 1:
        headline = headings[0]
    if headline is not None:
        return shown(headline)[:500]
    social = _meta(root, "og:title") or _meta(root, "twitter:title")
    if social:
        return social[:500]
    named = next(
        (
            e
            for e in headings
            if best_rank(_patterns("entry-title|post-title|title"), names_of(e)) is not None
        ),
        None,
    )
    heading = next(iter(root.iter("title")), None) if named is None else named
    return (shown(heading)[:500] or None) if heading is not None else None


def url_of(root: etree._Element) -> str | None:
    """The page's own address, where it gives one."""
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            return link.get("href")
    given = _meta(root, "og:url")
    return given if given and given.startswith("http") else None


def absolute(url: str | None, page: str | None) -> str | None:
    """An address as it can be opened from anywhere; None where the page does not say where it lies."""
    if not url:
        return None
    try:
        whole = urljoin(page or "", url.strip())
    except ValueError:
        return None
    return whole if whole.startswith(("http://", "https://")) else None


def article_of(root: etree._Element, items: Collection[etree._Element]) -> str:
    """The text of the article without comments, menus and teasers; empty where the page has none."""
    ranked: list[tuple[int, int, etree._Element]] = []
    without: set[etree._Element] = set(items)
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str):
            continue
        names = names_of(element)
        if element in items or element.tag in ("nav", "footer", "form", "button", "noscript", "aside"):
            without.add(element)
            walk.skip_subtree()
            continue
        is_top = element.tag in ("html", "body", "main")
        is_outside = (
            any(fits(ELSEWHERE, n) or fits(FURNITURE, n) or fits(MENUS, n) for n in names)
            or best_rank(_COMMENTS, names) is not None
        )
        if not is_top and is_outside and next(element.iter("h1"), None) is None:
            without.add(element)
            walk.skip_subtree()
            continue
        rank = best_rank(_ARTICLE, names)
        rank = 3 if rank is None and element.tag in ("article", "main") else rank
        if rank is not None:
            ranked.append((rank, -_paragraphs(element), element))
    for _, _, element in sorted(ranked, key=lambda each: each[:2]):
        text = element_text(element, without=without)
        if len(text) >= _LEAST:
            return text
    return ""


def _paragraphs(element: etree._Element) -> int:
    return sum(len(p.text or "") for p in element.iter("p", "br", "div", "li"))


def _meta(root: etree._Element, name: str) -> str | None:
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name")) == name and (meta.get("content") or "").strip():
            return " ".join((meta.get("content") or "").split())
    return None
