"""How the platform is put on machines: without containers (`local`), or with them (Dockerfile, compose.yaml)."""
