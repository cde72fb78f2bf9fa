"""Readers of public sets' own file formats; what a file is, is seen from its content."""

from .formats import load_examples, load_follow_ups

__all__ = ["load_examples", "load_follow_ups"]
