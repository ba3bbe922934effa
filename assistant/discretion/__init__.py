"""The discretion desk (裁量核查): find a standard, compute, check a proposed fine, explain, audit benchmarks."""
