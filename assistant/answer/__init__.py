"""From ranked provisions to an answer that quotes: sanctions read out of the text, composition, grounding."""
