"""The clerk's side of a kiosk's call for help."""
