"""The server of the page (网页服务器): Streamlit behind log-in, with the headers that keep browsers safe."""
