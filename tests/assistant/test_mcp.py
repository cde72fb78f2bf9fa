"""The tools over the Model Context Protocol, with the protocol's own client."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, TextContent

from assistant import Assistant


def told(result: CallToolResult) -> Any:
    texts = [c.text for c in result.content if isinstance(c, TextContent)]
    found = [json.loads(text) for text in texts]
    return found[0] if len(found) == 1 else found


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_the_four_tools(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with Assistant(library=library) as assistant:
        assistant.library.add_text("The bridge over the Ost opened in May. It cost $48 million.")
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant", "mcp", "--library", str(library)],
        env=dict(os.environ),
    )
    async with stdio_client(server) as (read, write), ClientSession(read, write) as client:
        await client.initialize()
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert names == {"ask", "search", "list_articles", "read_source"}
        schemas = {tool.name: tool.outputSchema for tool in (await client.list_tools()).tools}
        assert {"citations", "short", "confidence"} <= set(schemas["ask"]["properties"])
        articles = told(await client.call_tool("list_articles", {}))
        assert len(articles) == 2
        answer = told(await client.call_tool("ask", {"question": "What did the bridge cost?"}))
        citation = answer["citations"][0]
        source = told(await client.call_tool("read_source", {"document": citation["document"]}))
        assert source["text"][citation["start"] : citation["end"]] == citation["quote"]
        passages = told(
            await client.call_tool("search", {"question": "the cost of the bridge", "limit": 1})
        )
        assert "bridge" in passages["text"]
        wrong = await client.call_tool("read_source", {"document": "nothing"})
        assert wrong.isError
        assert "no document nothing" in str(wrong.content)
