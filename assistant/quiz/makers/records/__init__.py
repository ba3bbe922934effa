"""Items from records (记录命题): benchmarks, no-penalty lists and model cases."""
