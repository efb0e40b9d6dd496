"""What courses came to, kept when their records go: standings go on from there."""
