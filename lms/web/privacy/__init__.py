"""What people are told and may ask about their own data, and what is told of all of it without names."""
