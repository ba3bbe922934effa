"""The encoders (编码器): a text becomes a dense vector of meaning or a sparse vector of words.

Owns the models, their conversion and the cache of encodings; knows nothing of the index or the store.
"""

from corpus.encoders.base import DenseEncoder, EncodingStopped, SparseEncoder, SparseVector, Vectors

__all__ = ["DenseEncoder", "EncodingStopped", "SparseEncoder", "SparseVector", "Vectors"]
