"""The scan screen: camera, customer, verdict, last scans."""
