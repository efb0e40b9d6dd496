"""Signing in by the plant's own directory (OpenID Connect Core 1.0): staff keep one password, and one place to end it.

The **provider** proves who somebody is; what they may do is said here, unless the setting
OIDC_ROLES names groups of the directory that stand for roles. Nobody is entered by signing in.
`provider` speaks with it over HTTP, `rules` (pure) reads what it says, `actions` takes it.
"""
