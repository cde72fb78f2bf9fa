"""The web server: the page behind a strict policy, and nothing sent anywhere."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path

# Set before Gradio is imported: it reads it then, and would report its use.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request, Response

from ..assistant import Assistant
from ..settings import Settings
from .page import build_page
from .sharing import share

FOLDER = Path(__file__).parent
HARD_LIMIT = 4
# Gradio's own scripts are inline and compile templates; nothing may come from or go elsewhere.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; "
    "frame-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


def create_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """The page as an application for any ASGI server.

    Raises ValueError where only one of user name and password is set: a login that was meant
    must not be left out.
    """
    if bool(settings.user) != bool(settings.password):
        raise ValueError("Set both FOOTNOTE_USER and FOOTNOTE_PASSWORD, or neither of them.")
    page = build_page(assistant, settings)
    page.queue(default_concurrency_limit=4, max_size=200)
    app = FastAPI(docs_url=None, redoc_url=None)

    @app.middleware("http")
    async def add_policy(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    system = ["system-ui", "sans-serif"]
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="",
        auth=(settings.user, settings.password) if settings.user else None,
        # One file that is too large must not stop the others of the same upload, so each is told
        # of by itself; this only bounds what is taken in at all.
        max_file_size=HARD_LIMIT * settings.upload_megabytes * 1024 * 1024,
        footer_links=[],
        ssr_mode=False,
        theme=gr.themes.Default(
            primary_hue="blue", font=system, font_mono=["ui-monospace", "monospace"]
        ),
        css=(FOLDER / "style.css").read_text(encoding="utf-8"),
    )
    return mounted


def serve(assistant: Assistant, settings: Settings) -> None:
    """Serve the page until interrupted, and say where it is.

    Raises ValueError as create_app, and for a share link without a login.
    """
    if settings.share and not settings.password:
        raise ValueError(
            "A share link opens the library to anyone who has it: set FOOTNOTE_USER and "
            "FOOTNOTE_PASSWORD before asking for one."
        )
    app = create_app(assistant, settings)
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((settings.host, settings.port))
    # Whoever reads the address below may come at once.
    listener.listen()
    port = listener.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    told = [f"Footnote is open at http://{host}:{port}"]
    if not _is_loopback(settings.host) and not settings.password:
        told.append(
            "Anyone who reaches this address can read the library: set FOOTNOTE_USER and "
            "FOOTNOTE_PASSWORD to ask for a login."
        )
    print("\n".join(told), flush=True)
    if settings.share:
        share(port, lambda sentence: print(sentence, flush=True))
    # Who opens the page takes longer to type a question than the networks to load.
    threading.Thread(target=assistant.prepare, name="prepare", daemon=True).start()
    # An open page holds a connection for ever; the end does not wait for it.
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
    uvicorn.Server(config).run(sockets=[listener])


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
