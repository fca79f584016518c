"""Sound: clips on disk, one timeline in whole samples, loudness, encoders."""
