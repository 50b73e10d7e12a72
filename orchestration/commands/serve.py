"""`hub serve`: the published site on a local port.

Belongs here: a file server for reading at one's desk. Does not belong here: a public web server; the site is
plain files for any of those.
"""

from __future__ import annotations

import io
import re
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from orchestration.lib import frozen
from orchestration.settings import Settings
from sitegen import NotMade
from sitegen.preview import Preview
from sitegen.render import CONTENT_SECURITY_POLICY

HIGHEST_PORT = 65535
RELATIVE = re.compile(rb'\b(href|src)="(?![#/]|[a-z]+:)')


class Handler(SimpleHTTPRequestHandler):
    """Serves files; Parquet and DuckDB files are downloads, nothing is kept unasked, and nothing foreign is loaded."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".parquet": "application/vnd.apache.parquet",
        ".duckdb": "application/octet-stream",
        ".csv": "text/csv; charset=utf-8",
    }

    def end_headers(self) -> None:
        """Ask the browser to check again, so that a new release is seen at once, and to load what is ours alone."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def send_head(self) -> io.BytesIO | io.BufferedReader | None:
        """Answer an address that can be no file's name (a zero byte, half a character) like any missing page."""
        try:
            return super().send_head()
        except (OSError, ValueError):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def list_directory(self, path: object) -> None:
        """Show no folder's contents."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Say what is missing with the site's own page; its links are made to work from any depth."""
        try:
            page = (Path(self.directory) / "404.html").read_bytes() if code == HTTPStatus.NOT_FOUND else b""
        except OSError:
            page = b""
        if not page:
            super().send_error(code, message, explain)
            return
        page = RELATIVE.sub(rb'\1="/', page)
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing about requests that went well."""


class PreviewHandler(Handler):
    """Renders each page when it is asked for, by the templates as they are now; a fault is shown in its place."""

    def __init__(self, *args, preview: Preview, **options):
        """Answer one request with the pages of `preview`; all other files are the release's."""
        self.preview = preview
        super().__init__(*args, **options)

    def send_head(self) -> io.BytesIO | io.BufferedReader | None:
        """Answer with the page or static file of this moment; what is neither is served as ever."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        path = f"{path}index.html" if path.endswith("/") or not path else path
        try:
            found = self.preview.page(path) if path.endswith(".html") else self.preview.static(path)
        except NotMade as problem:
            print(problem, file=sys.stderr, flush=True)
            return self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", str(problem).encode())
        if found is None:
            return super().send_head()
        return self._answer(HTTPStatus.OK, self.guess_type(path), found if isinstance(found, bytes) else found.encode())

    def _answer(self, code: HTTPStatus, kind: str, content: bytes) -> io.BytesIO:
        self.send_response(code)
        self.send_header("Content-Type", kind if "charset" in kind else f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


def serve(settings: Settings, host: str, port: int, watch: bool = False) -> int:
    """Serve until stopped; returns 1 when there is no site or the port is taken, 2 for no port at all.

    With `watch` pages are rendered when they are asked for, so that a change of a template is seen at once.
    """
    if not 0 <= port <= HIGHEST_PORT:
        print(
            f"{port} is not a port: name one from 0 to {HIGHEST_PORT} with --port (0 takes any that is free).",
            file=sys.stderr,
        )
        return 2
    if not (settings.published / "site" / "index.html").exists():
        print("Nothing is published yet: run `hub build` (or `make build`) first.", file=sys.stderr)
        return 1
    try:
        server = (preview_for if watch else server_for)(settings, host, port)
    except OSError as problem:
        print(
            f"Port {port} on {host} cannot be used ({problem.strerror}): name another with --port.",
            file=sys.stderr,
        )
        return 1
    with server:
        if watch:
            print("Pages are made by the templates as they are now; the release stays as it is.", flush=True)
        print(f"The site is at http://{host}:{server.server_port}/ (stop with Ctrl+C).", flush=True)
        server.serve_forever()
    return 0


def server_for(settings: Settings, host: str, port: int) -> ThreadingHTTPServer:
    """A server of the release that is public at each request: it follows the link."""
    return ThreadingHTTPServer((host, port), partial(Handler, directory=str(settings.published / "site")))


def preview_for(settings: Settings, host: str, port: int) -> ThreadingHTTPServer:
    """A server of the pages of the release that is public now, by the templates as they are at each request."""
    preview = Preview(settings.published / "hub.duckdb", frozen.every(settings))
    options = {"directory": str(settings.published / "site"), "preview": preview}
    return ThreadingHTTPServer((host, port), partial(PreviewHandler, **options))
