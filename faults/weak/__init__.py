"""The weak build: one thing at a time is taken away from the programs, and a row of the matrix must notice.

The programs know nothing of it. A switch is a patch that only processes of ``script/faults --weak`` put on themselves
when they start (see ``inject/sitecustomize.py``); nothing here is packed with the product.
"""
