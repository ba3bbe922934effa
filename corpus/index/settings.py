"""Settings of the vector index (索引设置): embedded by default, a Qdrant server or cluster by one URL."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class IndexSettings(BaseModel):
    """Where the vector index lives; all but ``url`` concern a Qdrant server only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str | None = Field(
        default=None,
        pattern=r"^https?://",
        description="address of a Qdrant server or cluster (1.16 or newer); none: embedded in the data folder",
    )
    api_key: SecretStr | None = Field(default=None, description="key of the Qdrant server")
    collection: str = Field(default="eassistant", min_length=1, max_length=255, description="name of the collection")
    timeout_s: int = Field(default=30, ge=1, le=600, description="longest wait for one request, in seconds")
    shards: int | None = Field(
        default=None, ge=1, le=1024, description="shards of a new collection; none: the server's"
    )
    replicas: int | None = Field(default=None, ge=1, le=64, description="copies of each shard")
    quantization: Literal["none", "int8", "binary"] = Field(
        default="none", description="how a new collection compresses dense vectors in memory; searches rescore"
    )
