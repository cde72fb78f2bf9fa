"""The tools for assistants that speak the Model Context Protocol (modelcontextprotocol.io)."""

from __future__ import annotations

from mcp.server.fastmcp import FastMCP

from .assistant import Assistant
from .tools import tools_of

INSTRUCTIONS = (
    "Answers about the user's articles, with citations that quote the source word for word at "
    "exact offsets. An answer whose 'answered' is false means that the articles do not say."
)


def mcp_server(assistant: Assistant) -> FastMCP:
    """A server with the tools ask, search, list_articles and read_source."""
    server = FastMCP("footnote", instructions=INSTRUCTIONS)
    for tool in tools_of(assistant):
        server.add_tool(tool)
    return server
