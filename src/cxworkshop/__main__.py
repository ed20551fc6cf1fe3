"""Where the program starts: `cxworkshop`, or `python -m cxworkshop`."""

import gc
import sys


def main() -> int:
    """Run the command that the command line names; gives the exit code."""
    # Nothing that is loaded while starting is garbage, and looking for some takes a tenth of the time to the first
    # frame. The screens, which stay, have it looked for again.
    gc.disable()
    from cxworkshop.cli.edge import end_calmly_on_faults, run  # noqa: PLC0415 - see above
    from cxworkshop.cli.frame import cxworkshop  # noqa: PLC0415 - see above

    end_calmly_on_faults()
    return run(cxworkshop, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
