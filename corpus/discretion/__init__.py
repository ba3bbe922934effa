"""Discretion benchmarks, no-penalty lists and rules of application as data (裁量数据), and what their words mean."""
