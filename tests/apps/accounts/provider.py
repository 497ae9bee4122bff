"""A provider of OpenID Connect on this machine that can be told to lie, in one way at a time."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, CLIENT_SECRET = "floorwalker", "the-secret-both-sides-know"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGE_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it says about whoever comes, and how it lies."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    lie: str = ""
    asked: dict[str, str] = field(default_factory=dict)  # what the authorisation request held
    verified: bool = False  # whether PKCE was proved at the token endpoint

    def person(self) -> dict[str, Any]:
        return {"sub": "sub-1", "email": "ada@example.org", "email_verified": True, "name": "Ada", **self.claims}

    def id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60, "nonce": self.asked.get("nonce"),
            **self.person(),
        }  # fmt: skip
        changes: dict[str, dict[str, Any]] = {
            "wrong nonce": {"nonce": "another"},
            "wrong audience": {"aud": "another"},
            "two audiences": {"aud": [CLIENT_ID, "another"], "azp": "another"},
            "wrong issuer": {"iss": "https://evil.example"},
            "expired": {"iat": now - 600, "exp": now - 300},
        }
        claims |= changes.get(self.lie, {})
        for claim in ("nonce", "exp", "sub"):
            if self.lie == f"no {claim}":
                del claims[claim]
        key, algorithm, kid = KEY, "RS256", "k1"
        if self.lie == "unsigned":
            return jwt.encode(claims, key=None, algorithm="none", headers={"kid": kid})
        if self.lie == "signed with the shared secret":
            return jwt.encode(claims, key=CLIENT_SECRET.ljust(32, "."), algorithm="HS256", headers={"kid": kid})
        if self.lie == "strange key":
            key = STRANGE_KEY
        if self.lie == "unknown key":
            kid = "k9"
        return jwt.encode(claims, key=key, algorithm=algorithm, headers={"kid": kid})

    def answer(self, path: str, body: str) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            issuer = "https://evil.example" if self.lie == "another name for itself" else self.issuer
            ends = ("authorization", "token", "userinfo")
            return {
                "issuer": issuer,
                "jwks_uri": f"{self.issuer}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                **{f"{end}_endpoint": f"{self.issuer}/{end}" for end in ends},
            }
        if path == "/jwks":
            shown = json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [{**shown, "kid": "k1", "use": "sig", "alg": "RS256"}]}
        if path == "/token":
            verifier = parse_qs(body).get("code_verifier", [""])[0]
            digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
            self.verified = digest == self.asked.get("code_challenge")
            return {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": self.id_token()}
        if path == "/userinfo":
            return {**self.person(), **({"sub": "somebody-else"} if self.lie == "two people" else {})}
        return None


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if provider.lie == "sends us elsewhere" and self.path == "/token":
                self.send_response(307)
                self.send_header("Location", f"{provider.issuer}/elsewhere")
                self.end_headers()
                return
            found = provider.answer(self.path.split("?")[0], self.rfile.read(length).decode())
            body = json.dumps(found).encode()
            if provider.lie == "endless answer" and self.path == "/userinfo":
                body = b'{"sub": "' + b"x" * 10_000_000 + b'"}'
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # they had enough

        do_POST = do_GET  # noqa: N815  (the server calls it so)

        def log_message(self, *arguments: Any) -> None:
            """Tests keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
