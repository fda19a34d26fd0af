"""The peer of our handlers: bare Flask and pymongo, the same rows in one transaction, and nothing else."""

import json
import os
import uuid
from datetime import UTC, datetime

import pymongo
from flask import Flask, Response, jsonify, request

from services.common.web import serve

client = pymongo.MongoClient(os.environ["MONGO_URL"], tz_aware=True, w="majority")
db = client[os.environ["DATABASE_PREFIX"] + "bare"]


def create_app() -> Flask:
    app = Flask("bare", static_folder=None)

    @app.get("/livez")
    def livez() -> str:
        return "ok"

    @app.post("/workers")
    def register() -> tuple[Response, int]:
        said = json.loads(request.data)
        id_ = str(uuid.uuid4())

        def write(session: pymongo.client_session.ClientSession) -> None:
            key = {"_id": request.headers["Idempotency-Key"], "at": datetime.now(UTC), "resource": id_}
            db.idempotency.insert_one(key, session=session)
            db.workers.insert_one(said | {"_id": id_, "version": 1}, session=session)
            db.changes.insert_one({"_id": {"name": "worker", "id": id_}, "version": 1}, session=session)

        with client.start_session() as session:
            session.with_transaction(write)
        return jsonify(said | {"id": id_}), 201

    @app.get("/workers/<worker_id>")
    def show(worker_id: str) -> Response:
        return jsonify(db.workers.find_one({"_id": worker_id}))

    return app


if __name__ == "__main__":
    for name in ("idempotency", "workers", "changes"):
        db.create_collection(name)
    serve.serve("bare", create_app)
