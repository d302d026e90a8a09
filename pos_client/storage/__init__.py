"""The disk: the journal that nothing replaces, and the cache that everything may.

Apart from the rest because SQLite and its errors are known here and nowhere else. Two files, never one: what is pulled
from the centre lands in the cache, and no code path of the cache can reach the journal.
"""
