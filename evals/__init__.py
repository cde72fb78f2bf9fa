"""The evaluation suite: question sets, measures, runs, comparisons and reports.

``python -m evals`` runs the shipped set; :func:`evals.run.run_questions` does it from Python.
"""
