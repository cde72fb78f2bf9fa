"""How the reader is trained, exported and calibrated; not needed to answer."""
