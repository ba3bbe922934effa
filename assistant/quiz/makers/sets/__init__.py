"""Items over enumerations and sentences of law (列举与条文): conditions, kinds, definitions, duties, steps."""
