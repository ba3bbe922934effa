"""Bounds on requests (输入限制), applied by every surface before the service is called."""

from __future__ import annotations

from assistant.contract import AskRequest, CiteRequest, SearchRequest
from assistant.settings import LimitSettings
from corpus.errors import InvalidInput


def check_limits(request: SearchRequest | AskRequest | CiteRequest, limits: LimitSettings) -> None:
    """Raise InvalidInput when a question, a text or a number of results is beyond the bounds of the settings."""
    if isinstance(request, CiteRequest):
        _check_length("文字", request.text, limits.document_chars, "请分成几次核对。", "/text")
        return
    _check_length("问题", request.question, limits.question_chars, "请写短一些，只问一件事。", "/question")
    if isinstance(request, SearchRequest) and request.top_k > limits.top_k:
        raise InvalidInput(f"返回条数 {request.top_k} 超过上限 {limits.top_k}。", where="/top_k", remedy="请减少条数。")


def _check_length(name: str, text: str, longest: int, remedy: str, where: str) -> None:
    if len(text) > longest:
        raise InvalidInput(f"{name}有 {len(text)} 个字符，超过上限 {longest}。", where=where, remedy=remedy)
