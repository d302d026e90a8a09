"""Everything that speaks HTTP: claims, delivery of the journal, fetching of data. No Qt, no SQL, no settings."""
