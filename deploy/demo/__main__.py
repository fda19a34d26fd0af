"""`python -m deploy.demo` seeds the demo regency; `… show` prints what to look at, `… code` a one-time code."""

import os
import sys

from deploy.demo import accounts
from deploy.demo.api import Api
from deploy.demo.seed import seed
from deploy.demo.show import show

if __name__ == "__main__":
    address = os.environ.get("BEGAWI_URL", "http://127.0.0.1:8080")
    if sys.argv[1:] == ["show"]:
        show(Api(address), address)
    elif sys.argv[1:] == ["code"]:
        print(accounts.code())
    else:
        seed(Api(address))
