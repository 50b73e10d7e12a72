"""`hub serve`: the published site on a local port.

Belongs here: a file server for reading at one's desk. Does not belong here: a public web server; the site is
plain files for any of those.
"""

from __future__ import annotations

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from orchestration.settings import Settings


class Handler(SimpleHTTPRequestHandler):
    """Serves files; Parquet and DuckDB files are downloads, and nothing is kept by the browser unasked."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".parquet": "application/vnd.apache.parquet",
        ".duckdb": "application/octet-stream",
        ".csv": "text/csv; charset=utf-8",
    }

    def end_headers(self) -> None:
        """Ask the browser to check again, so that a new release is seen at once."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing about requests that went well."""


def serve(settings: Settings, host: str, port: int) -> int:
    """Serve until stopped; returns 1 when there is no site or the port is taken."""
    if not (settings.published / "site" / "index.html").exists():
        print("Nothing is published yet: run `hub build` (or `make build`) first.", file=sys.stderr)
        return 1
    try:
        server = server_for(settings, host, port)
    except OSError as problem:
        print(
            f"Port {port} on {host} cannot be used ({problem.strerror}): name another with --port.",
            file=sys.stderr,
        )
        return 1
    with server:
        print(f"The site is at http://{host}:{server.server_port}/ (stop with Ctrl+C).", flush=True)
        server.serve_forever()
    return 0


def server_for(settings: Settings, host: str, port: int) -> ThreadingHTTPServer:
    """A server of the release that is public at each request: it follows the link."""
    return ThreadingHTTPServer((host, port), partial(Handler, directory=str(settings.published / "site")))
