"""What every blueprint uses: sessions, guards, security headers, words for refusals."""
