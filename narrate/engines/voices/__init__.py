"""Voices of Piper: which there are, which are installed, and getting them."""
