"""Content files, read into values of the domain; nothing is imported until a module of this room is asked for."""
