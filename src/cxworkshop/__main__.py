"""Where the program starts: `cxworkshop`, or `python -m cxworkshop`."""

import sys

from cxworkshop.cli.edge import end_calmly_on_faults, run
from cxworkshop.cli.frame import cxworkshop


def main() -> int:
    """Run the command that the command line names; gives the exit code."""
    end_calmly_on_faults()
    return run(cxworkshop, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
