"""Charts: line-drawing widgets over plain data, readable at 80 columns and without colour."""
