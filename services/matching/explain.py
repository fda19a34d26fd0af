"""Explain a list that was shown, and say what has changed since: `python -m services.matching.explain LIST`."""

import json
import sys

from services.matching.database import database
from services.matching.match import commands
from services.matching.match.store import ListUnknown


def main() -> None:
    """Print the list as JSON; its id stands in the answer with which it was shown."""
    try:
        [list_id] = sys.argv[1:]
        told = commands.explained(database.reader(), list_id)
    except (ValueError, ListUnknown) as error:
        sys.exit(f"Give the id of one list that was shown ({type(error).__name__}).")
    sys.stdout.write(json.dumps(told, indent=2, default=str) + "\n")


if __name__ == "__main__":
    main()
