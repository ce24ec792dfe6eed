"""Sites as symbols."""
