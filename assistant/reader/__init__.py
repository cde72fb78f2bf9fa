"""The embedded reader and its calibration."""

from .reader import Reader, Reading, shipped_reader

__all__ = ["Reader", "Reading", "shipped_reader"]
