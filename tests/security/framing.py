"""Requests as nobody should write them: addresses, headers, frames and protocols that lead a server astray."""

CLAIMS = [
    "/api/registry/v1/claims", "/api/registry/v1/claims/", "/api/registry/v1//claims", "/api/registry/v1/%63laims",
    "/api/registry/v1/./claims", "/api/registry/v1/skills/../claims", "/api/registry/v1/skills/%2e%2e/claims",
    "/api/registry/v1/..%2fv1/claims", "/api/registry/v1/claims;x=1", "/api/registry/v1/claims%00",
    "/api/registry/v1/claims%20", "/api/registry/v1/CLAIMS", "/api/registry/v1/claims?role=gateway",
    "/api/registry/v1/%2563laims", "/api/registry/v1/..;/claims", "/api/registry/v1/claims#x", "/v1/claims",
    "/api/registry/../registry/v1/claims", "/api/identity/v1/../../registry/v1/claims", "//api/registry/v1/claims",
    "/api/registry/v1/%2e/claims", "/api/registry/v1/claims/.", "/api/registry/v1\\claims", "/api/registry/v1%2fclaims",
    "/api/registry%2fv1/claims", "http://127.0.0.1/v1/claims", "http://x/api/registry/v1/claims", "*",
    "registry/v1/claims", "/api/registry/v1/\xc0\xafclaims", "/api/registry/v1/claims%0d%0aX-Role:%20gateway",
    "/api/registry/v1/registrations", "/api/registry/v1/claims/addresses", "/api/registry/v1/claims%2faddresses",
]  # fmt: skip
HEADERS = [
    "X-Role: gateway", "X-Forwarded-User: gateway", "Connection: Authorization",
    "Connection: close, X-Forwarded-Prefix",
    "Connection: traceparent, X-Request-Id", "X-Original-URL: /v1/claims", "X-Rewrite-URL: /v1/claims",
    "X-HTTP-Method-Override: POST", "X-Forwarded-Prefix: /evil", "X-Forwarded-Host: evil.example",
    "X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1;host=evil.example", "X-Real-IP: 127.0.0.1",
    "Proxy-Authorization: Basic YTpi", "Authorization : Bearer x", "X_Request_Id: evil", "Content_Length: 0",
    "Upgrade: h2c\r\nHTTP2-Settings: AAA", "TE: trailers", "Trailer: Authorization",
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
    "Connection: Upgrade\r\nUpgrade: websocket",
]  # fmt: skip
SMUGGLED = "GET /v1/skills HTTP/1.1\r\nHost: x\r\nX-Request-Id: smuggled\r\n\r\n"
FRAMED = ["POST /api/registry/v1/workers", "GET /api/registry/v1/skills", "POST /api/identity/v1/sessions"]
# What is sent in place of a request, after its first line and Host.
FRAMES = {
    "both lengths": f"Content-Length: {len(SMUGGLED) + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "two lengths": f"Content-Length: 0\r\nContent-Length: {len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
    "a list of lengths": f"Content-Length: 0, {len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
    "the same length twice": "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "a length in hexadecimal": f"Content-Length: 0x2\r\n\r\n{SMUGGLED}",
    "a length with a sign": "Content-Length: +2\r\n\r\n{}",
    "a length with a blank": "Content-Length: 2 0\r\n\r\n{}",
    "a length in other digits": "Content-Length: \xb2\r\n\r\n{}",
    "a name with a blank": f"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "a name with a tab before": f"\tTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "another coding": f"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "two codings": f"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "two lines of codings": f"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "a coding after a vertical tab": f"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "a bare LF": f"Content-Length: 2\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "a bare CR": f"Content-Length: 2\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "a line that goes on": f"Content-Length: 2\r\n 0\r\n\r\n{SMUGGLED}",
    "a chunk of a wrong size": f"Transfer-Encoding: chunked\r\n\r\n-2\r\n{{}}\r\n0\r\n\r\n{SMUGGLED}",
    "a chunk of a size in other digits": f"Transfer-Encoding: chunked\r\n\r\n0x2\r\n{{}}\r\n0\r\n\r\n{SMUGGLED}",
    "a chunk that is longer": f"Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}xx\r\n0\r\n\r\n{SMUGGLED}",
    "an endless chunk's size": f"Transfer-Encoding: chunked\r\n\r\n{'0' * 20_000}2\r\n{{}}\r\n0\r\n\r\n",
    "a trailer": "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nContent-Length: 50\r\n\r\n",
    "a trailer that is none": f"Transfer-Encoding: chunked\r\n\r\n0\r\n{SMUGGLED}",
    "a NUL": "X-A: a\x00b\r\n\r\n",
}
PROTOCOLS = [
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /livez\r\n\r\n", "GET /livez HTTP/0.9\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
]  # fmt: skip
