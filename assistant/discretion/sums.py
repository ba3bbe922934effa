"""Sums as officers type them (金额输入): plain yuan, or with 万 and 元."""

from __future__ import annotations

from decimal import Decimal

from corpus.errors import InvalidInput
from corpus.money import parse_amount
from corpus.numerals import parse_decimal


def read_sum(words: str) -> Decimal:
    """The sum in yuan: ``200000``, ``200,000``, ``20万``, ``20万元``, ``二十万元``. A bare number is yuan.

    Raises InvalidInput where the words are no sum.
    """
    try:
        return parse_decimal(words.strip())
    except InvalidInput:
        return parse_amount(words)
