"""No-penalty, first-offence and leniency lists (不予处罚、首违不罚、从轻减轻清单) as records."""

from ingest.parsers.exemptions.read import read_exemptions

__all__ = ["read_exemptions"]
