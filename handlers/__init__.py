"""What we do when somebody speaks or time passes. Importing the package registers every command."""
