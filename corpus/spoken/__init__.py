"""Spoken questions (口语问法): how people ask about an article of law, beside the article they ask for.

Data only, in JSONL files by field (``_second``: written later; ``consulted``: more for the articles that laymen
consult lawyers about), written for this project: ``law`` and ``article`` as printed
without 中华人民共和国, ``text`` the mark of the words the questions were written for, ``asks`` the questions.
``ingest.spoken`` puts them into the index, where they find the article; they are never shown and never quoted.
"""
