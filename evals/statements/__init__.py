"""Statements made by program, true ones and ones broken in one way, to measure verification."""
