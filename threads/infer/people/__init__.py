"""Who wrote the comments whose names are lost."""
