# The program as an image; compose.yaml runs it as API and as page.
FROM python:3.13-slim

# Recognition of scans and old office formats; leave out to save space, such files are then reported.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-chi-sim libreoffice-writer libreoffice-calc \
    && rm -rf /var/lib/apt/lists/*

# torch first and alone, from an index that has its CPU build where the default one has only the large one.
ARG TORCH_INDEX_URL=""
WORKDIR /program
COPY pyproject.toml README.md LICENSE ./
RUN torch="$(sed -n 's/^ *"\(torch==[^"]*\)",$/\1/p' pyproject.toml)" \
    && pip install --no-cache-dir ${TORCH_INDEX_URL:+--index-url "$TORCH_INDEX_URL"} "$torch"

COPY assistant assistant
COPY corpus corpus
COPY evals evals
COPY ingest ingest
COPY ui ui
RUN pip install --no-cache-dir ".[postgres]"

RUN useradd --create-home --uid 10001 eassistant && install --directory --owner eassistant /data
USER eassistant
WORKDIR /data
ENV EASSISTANT_HOME=/data
VOLUME /data
EXPOSE 8600 8601
ENTRYPOINT ["eassistant"]
