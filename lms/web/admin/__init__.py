"""People, roles, the roster, kiosk terminals."""
