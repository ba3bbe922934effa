"""Scripts of the pages, one line each: Streamlit runs them anew at every click, so nothing is defined here."""
