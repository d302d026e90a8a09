"""HTTP resources of the centre, one file each; they read requests and write answers, and decide nothing."""
