"""Questions refused for lack of a source (缺依据的提问): what the corpus lacks, for legal staff."""
