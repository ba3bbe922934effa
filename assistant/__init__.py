"""A question becomes a cited answer: understanding, retrieval, composition, grounding, API and command line."""
