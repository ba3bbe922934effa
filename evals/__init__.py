"""How good it is, measured: runnable benchmarks that write JSON and a Markdown table."""
