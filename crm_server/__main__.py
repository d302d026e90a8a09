"""Starts the command line for ``python -m crm_server``; apart so that importing the package runs nothing."""

from crm_server.app import main

if __name__ == "__main__":
    main()
