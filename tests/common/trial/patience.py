"""A web process on trial with slow clients: `python -m tests.common.trial.patience <seconds>`."""

import sys

from flask import Flask, request

from services.common.web import connection, patience, serve, worker


def create_app():
    app = Flask("trial")

    @app.route("/", methods=["GET", "POST"])
    def count():
        return str(len(request.get_data()))

    @app.get("/bytes/<int:size>")
    def give(size):
        return b"x" * size

    return app


def main(seconds):
    worker.COLLECT_S = connection.BODY_S = connection.SEND_S = seconds
    patience.LEAST_RATE = 10_000_000
    serve.serve("trial", create_app)


if __name__ == "__main__":
    main(float(sys.argv[1]))
