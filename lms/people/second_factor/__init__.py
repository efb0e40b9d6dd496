"""What staff prove besides their password: an authenticator app, a passkey, or a recovery code.

Words: an *app* shows a code of six digits that changes every 30 seconds (TOTP, RFC 6238); a
*passkey* is a key pair in a telephone, a computer or a USB key (WebAuthn); a *recovery code* is
printed and works once, for whoever lost both. The setting SECOND_FACTOR_ROLES says of whom one is
asked; anyone may have one.
"""
