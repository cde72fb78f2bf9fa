"""A link by which others reach the chat from elsewhere; only where the user asks for one."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable


def share(port: int, tell: Callable[[str], None]) -> threading.Thread:
    """Ask Gradio's relay for a link to the page on this port, and tell it, or why there is none.

    The relay's program is fetched at the first use, and what is asked and answered by the link
    goes through the relay. In the background, for the page does not wait for it.
    """

    def connect() -> None:
        from gradio import networking

        try:
            link = networking.setup_tunnel("127.0.0.1", port, secrets.token_urlsafe(32), None, None)
        except Exception as error:
            # Whatever stands between here and the relay, the page itself goes on.
            tell(f"There is no share link, for Gradio's relay cannot be reached: {error}")
            return
        tell(f"Anyone with the login can reach the chat at {link}")

    thread = threading.Thread(target=connect, daemon=True)
    thread.start()
    return thread
