"""Where participants vote: the hand-over page, one page per question, the thank-you, and the line mode."""
