"""The embedded reader and its calibration."""

from .reader import FOLDER, Reader, Reading, shipped_reader

__all__ = ["FOLDER", "Reader", "Reading", "shipped_reader"]
