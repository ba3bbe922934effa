"""Teaching the encoder Chinese law: pairs of question and article in, small differences to the weights out.

``python -m evals.training.train`` learns, with checkpoints, and goes on where it was stopped;
``python -m evals.training.write`` packs what was learnt. Recipe and figures: the card in ``corpus/encoders/learnt``.
"""
