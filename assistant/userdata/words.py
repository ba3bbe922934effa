"""Words that people leave behind (用户文字): without control characters, and lists of them page by page."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from assistant.contract import Request, first_control_character


def clean(text: str) -> str:
    """The words with plain line ends and without blanks around them; control characters are refused."""
    text = text.replace("\r\n", "\n").strip()
    if found := first_control_character(text):
        position, name = found
        raise PydanticCustomError(
            "control_character",
            "第 {position} 个字符是控制字符 {name}，请删去后重试",
            {"position": position + 1, "name": name},
        )
    return text


def _not_blank(text: str) -> str:
    if not text:
        raise PydanticCustomError("blank", "内容为空，请写出内容")
    return text


Words = Annotated[str, AfterValidator(clean)]
"""Words, perhaps none."""
SomeWords = Annotated[str, AfterValidator(clean), AfterValidator(_not_blank)]
"""Words, at least one."""


class PageQuery(Request):
    """Query string of a list: which stretch of it (分页)."""

    limit: int = Field(default=50, ge=1, le=200, description="最多几项。Most items returned.")
    offset: int = Field(default=0, ge=0, le=1_000_000, description="跳过几项。Items passed over.")
