"""Everything a user can set, from the environment (``FOOTNOTE_…``), a call or the command line."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Typed settings; an environment variable is the upper-case name behind ``FOOTNOTE_``.

    Raises pydantic.ValidationError for a value out of range.
    """

    model_config = SettingsConfigDict(env_prefix="FOOTNOTE_", frozen=True, extra="ignore")

    library: Path = Field(
        default_factory=lambda: user_data_path("footnote", appauthor=False) / "library",
        description="Folder of the library; created on first use.",
    )
    passages: int = Field(8, ge=1, le=50, description="Passages read for a question.")
    refusal_threshold: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Refuse below this confidence; unset: the one chosen for the shipped reader.",
    )
    llm: str = Field(
        "none", description="Language model that writes, as provider:model; none: the reader."
    )
    host: str = Field("127.0.0.1", description="Address the web chat listens on.")
    port: int = Field(7860, ge=0, le=65535, description="Port of the web chat; 0: any free one.")
    user: str = Field("", description="User name asked for by the web chat.")
    password: str = Field("", description="Password asked for by the web chat.", repr=False)
    share: bool = Field(False, description="Ask Gradio's relay for a link to the web chat.")
    upload_megabytes: int = Field(20, ge=1, le=500, description="Largest file the chat takes.")
