"""People and teams for the plant's directory: SCIM 2.0, with a token (`docs/administration.md`)."""
