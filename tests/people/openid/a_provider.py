"""An OpenID Connect provider over HTTP, as small as the standard lets it be, that can be told to lie."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}, private=True)
STRANGER = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
CLIENT, SECRET = "etabli", "a secret of both"


class Provider:
    """Signs for `claims`; `lies` are put over what it would say, `signed_by` over its key."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, Any] = {"sub": "42", "email": "s1@example.org", "email_verified": True}
        self.lies: dict[str, Any] = {}
        self.signed_by: Any = KEY
        self.header: dict[str, str] = {"alg": "RS256", "kid": "one"}
        self.asked: dict[str, dict[str, str]] = {}

    def document(self) -> dict[str, object]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Return the address to which a browser is sent back."""
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = f"code{len(self.asked)}"
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, object]]:
        """Return a token for a code, once, to whoever holds the verifier and the secret."""
        query = self.asked.pop(form["code"], None)
        proved = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        secret = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if query is None or proved.decode() != query["code_challenge"] or authorization != f"Basic {secret}":
            return 400, {"error": "invalid_grant"}
        said = {"iss": self.address, "aud": CLIENT, "iat": int(time()), "exp": int(time()) + 300, **self.claims}
        said = {
            name: value for name, value in {**said, "nonce": query["nonce"], **self.lies}.items() if value is not None
        }
        signed = _signed(self.header, said, self.signed_by)
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(dict(_flat(parts.query))))
            self.end_headers()
        elif parts.path == "/keys":
            self._say(200, {"keys": [KEY.as_dict(private=False)]})
        else:
            self._say(200, self.provider.document())

    def do_POST(self) -> None:
        form = dict(_flat(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self._say(*self.provider.token(form, self.headers.get("Authorization", "")))

    def _say(self, status: int, content: dict[str, object]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _flat(query: str) -> Iterator[tuple[str, str]]:
    return ((name, values[0]) for name, values in parse_qs(query).items())


def _signed(header: dict[str, str], said: dict[str, Any], key: Any) -> str:
    if key is None:
        parts = (json.dumps(part).encode() for part in (header, said))
        return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."
    return jwt.encode(header, said, key, algorithms=["RS256", "HS256"])


def shared_secret() -> OctKey:
    """The secret of both as a key: what a forger signs with where any algorithm is taken."""
    return OctKey.import_key(SECRET)


@contextmanager
def running() -> Iterator[Provider]:
    """A provider on a free port."""
    handler = type("Handler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield handler.provider
    server.shutdown()
    server.server_close()
