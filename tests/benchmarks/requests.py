"""What a write, a read and the gateway cost, beside bare handlers and nginx."""

import json

from tests.benchmarks import load
from tests.benchmarks.load import Target
from tests.benchmarks.stand import Stand, free_port, token

WORKER = {
    "name": "Siti Contoh",
    "nik": None,
    "birth_date": "1995-07-01",
    "sex": "P",
    "village": "63.11.06.1023",
    "address": "Jl. Contoh 1",
    "phone": "+6281200001234",
    "email": "siti@example.com",
    "education": "SMK",
    "skills": [{"skill": "smaw-welding", "level": 3}, {"skill": "carpentry", "level": 2}],
}

GATEWAY_THREADS = "28"  # as deployed: a third of them for each service


def measure(stand: Stand) -> list[str]:
    """Return the findings as lines."""
    bare = stand.web("tests.benchmarks.bare")
    registry, gateway = _ours(stand)
    ours, edge = token("registry"), token("gateway")
    at_bare = _register(stand, f"{bare}/workers", ours)
    at_registry = _register(stand, f"{registry}/v1/workers", ours)
    lines = []
    writes = load.compare(
        stand.folder,
        {
            "bare": Target(f"{bare}/workers", ours, "POST", json.dumps(WORKER)),
            "begawi": Target(f"{registry}/v1/workers", ours, "POST", json.dumps(WORKER)),
        },
        clients=1,
    )
    lines.append(_against("a write, one client", writes, "bare", "begawi", 0.50))
    reads = load.compare(
        stand.folder,
        {
            "bare": Target(f"{bare}/workers/{at_bare}", ours),
            "begawi": Target(f"{registry}/v1/workers/{at_registry}", ours),
        },
        clients=1,
    )
    lines.append(_against("a read by id, one client", reads, "bare", "begawi", 0.60))
    nginx = stand.nginx(registry)
    goals = {8: 0.45}
    for clients in (1, 8):
        passed = load.compare(
            stand.folder,
            {
                "direct": Target(f"{registry}/v1/workers/{at_registry}", ours),
                "nginx": Target(f"{nginx}/v1/workers/{at_registry}", ours),
                "gateway": Target(f"{gateway}/api/registry/v1/workers/{at_registry}", edge),
            },
            clients=clients,
        )
        lines.append(_against(f"nginx as a plain proxy, {clients} client(s)", passed, "direct", "nginx"))
        lines.append(
            _against(f"gateway, {clients} client(s)", passed, "direct", "gateway", goals.get(clients), most_ms=3)
        )
    return lines


def _ours(stand: Stand) -> tuple[str, str]:
    """Start the registry and the gateway in front of it, and return their addresses."""
    port = free_port()
    keys = f"http://127.0.0.1:{port}/.well-known/jwks.json"
    registry = stand.web("services.registry.web", JWKS_URL=keys)
    threads = {"WEB_THREADS": GATEWAY_THREADS}
    return registry, stand.web("gateway.web", port=port, REGISTRY_URL=registry, JWKS_URL=keys, **threads)


def _register(stand: Stand, url: str, said: str) -> str:
    headers = {"Authorization": f"Bearer {said}", "Content-Type": "application/json", "Idempotency-Key": "first"}
    answer = stand.http.request("POST", url, body=json.dumps(WORKER), headers=headers)
    if answer.status != 201:
        raise RuntimeError(f"{url}: {answer.status} {answer.data!r}")
    id_: str = answer.json()["id"]
    return id_


def _against(
    name: str,
    found: dict[str, load.Found],
    peer: str,
    ours: str,
    least: float | None = None,
    *,
    most_ms: float | None = None,
) -> str:
    ratio = found[ours].rate / found[peer].rate
    goal = "" if least is None else f", at least {least:.0%}: {'yes' if ratio >= least else 'NO'}"
    added = found[ours].median_ms - found[peer].median_ms
    bound = "" if most_ms is None else f", at most {most_ms} ms: {'yes' if added <= most_ms else 'NO'}"
    return (
        f"{name}: {found[ours].rate:,.0f}/s against {found[peer].rate:,.0f}/s ({peer}): {ratio:.0%}{goal}"
        f"; median {found[ours].median_ms:.2f} ms, {added:+.2f} ms{bound}"
    )
