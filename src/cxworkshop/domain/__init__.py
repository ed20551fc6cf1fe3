"""What a session is and what may happen to it: values and pure functions.

Nothing in this room reads a file, a clock or a random source; whatever varies is passed in.
"""
