"""The receipt printer: pages become bytes of ESC/POS, and the bytes reach a printer on one of four ways."""
