"""The running page as an API: the tools as named endpoints."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

import gradio as gr
from gradio.events import api

from index import LibraryError

from ..assistant import Assistant
from ..question import QuestionError
from ..tools import tools_of


def add_api(assistant: Assistant) -> None:
    """Add the endpoints to the page being built."""
    for tool in tools_of(assistant):
        api(_told(tool), api_name=tool.__name__)


def _told(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with its errors shown to the caller in words."""

    @wraps(tool)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return tool(*args, **kwargs)
        except (QuestionError, LibraryError) as error:
            raise gr.Error(str(error), print_exception=False) from None

    # Gradio reads what an endpoint gives back from here, and only as a type, not as its name.
    told.__signature__ = inspect.signature(tool, eval_str=True)  # type: ignore[attr-defined]
    return told
