"""The host till: a loopback API it can ask, and a folder it can drop files into; neither knows how a lane decides."""
