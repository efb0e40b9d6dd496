"""Staff sign-in and sign-out, one's own account."""
