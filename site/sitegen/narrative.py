"""What people wrote, as HTML that cannot harm: Markdown of paragraphs, emphasis and lists, and nothing else.

Belongs here: the few marks that commentary, causes, actions and decisions may hold; every page shows them so. Does not
belong here: single values, which templates escape.
"""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "em", "strong", "ul", "ol", "li", "br"}
ATTRIBUTES = {"ol": {"start"}}  # a sentence that begins with a number must not get another
# Raw HTML is shown as it was typed, never taken as HTML; links and images of strangers are not followed.
_markdown = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink", "heading", "code", "fence"])


@cache
def narrative(text: str | None) -> Markup:
    """Render what somebody wrote as a block of its own; empty where nothing was."""
    shown = nh3.clean(_markdown.render(text or ""), tags=TAGS, attributes=ATTRIBUTES).strip()
    return Markup(f'<div class="hub-narrative">{shown}</div>' if shown else "")
