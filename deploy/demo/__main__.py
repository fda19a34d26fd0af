"""`python -m deploy.demo` seeds the demo regency; `python -m deploy.demo show` prints what to look at."""

import os
import sys

from deploy.demo.api import Api
from deploy.demo.seed import seed
from deploy.demo.show import show

if __name__ == "__main__":
    address = os.environ.get("BEGAWI_URL", "http://127.0.0.1:8080")
    if sys.argv[1:] == ["show"]:
        show(Api(address), address)
    else:
        seed(Api(address))
