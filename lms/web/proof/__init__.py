"""Proof at a desk: habilitations, sessions, one person's file, an auditor's visit; the page that verifies a paper."""
