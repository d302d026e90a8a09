"""Half-finished purchases that the next customer's code pushed aside."""
