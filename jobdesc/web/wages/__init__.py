"""Files of wage figures: given, followed, answered and taken back."""
