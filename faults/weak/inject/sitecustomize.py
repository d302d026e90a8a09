"""Found by every Python that is started under ``script/faults --weak``, and by no other: this folder is on its path."""

import os

if os.environ.get("POS_FAULTS_WEAK"):
    from faults.weak.switch import weaken

    weaken()
