"""Readers (读取器): one per file format, each to the one neutral model of ``ingest.readers.model``."""
