"""The kiosk: a customer alone with a screen, who must never be stuck, never be shown up and never leave a trace."""
