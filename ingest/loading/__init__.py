"""Loading of files (导入): from paths to dated, citable texts in the store, each file with what became of it.

::

    walk ─► pool of workers (reader ─► parser ─► preparer) ─► filing ─► settling ─► validity, links ─► report

``run`` holds it together. Deciding is pure: ``identity`` (which texts are one document), ``compare`` (where two texts
differ), ``standing`` (what is served); ``holdings`` is what they decide by.
"""
