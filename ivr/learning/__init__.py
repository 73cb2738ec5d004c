"""What the line has learned of how callers speak: the labelled words, the training and the weights."""
