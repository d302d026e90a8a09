"""From a device or a picture file to believed texts.

Apart from the window and from the trade: it knows OpenCV and two decoders, and nothing of coupons, Qt or the network.
Importing this package loads none of them; each module loads what it needs.
"""
