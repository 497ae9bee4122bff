"""The entrance: where the sign-in library is bent to our rules."""
