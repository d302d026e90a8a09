"""``python -m pos_client``: the same as the installed command."""

import sys

from pos_client.app import main

if __name__ == "__main__":
    sys.exit(main())
