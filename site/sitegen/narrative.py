"""What people wrote, as HTML that cannot harm: Markdown of paragraphs, emphasis and lists, and nothing else.

Belongs here: the few marks a return may hold. Does not belong here: single values, which templates escape.
"""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "em", "strong", "ul", "ol", "li", "br"}
# Raw HTML is shown as it was typed, never taken as HTML; links and images of strangers are not followed.
_markdown = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink", "heading", "code", "fence"])


@cache
def narrative(text: str | None) -> Markup:
    """Render what somebody wrote; empty where nothing was."""
    return Markup(nh3.clean(_markdown.render(text or ""), tags=TAGS, attributes={}))
