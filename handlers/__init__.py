"""What we do when somebody speaks or time passes."""
