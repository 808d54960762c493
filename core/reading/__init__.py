"""Reading a notice: from its lines to its directives; `reader` does it, the others are what it reads by."""
