"""What stands in the way to the centre, for whoever touches the network's state."""
