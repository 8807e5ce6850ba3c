"""`python -m organizer`: the command line."""

import sys


def main() -> int:
    """Run the program; returns the exit code."""
    from organizer.cli.main import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
