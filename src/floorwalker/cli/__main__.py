"""The command line as a module, for processes that start one another: `python -m floorwalker.cli`."""

from floorwalker.cli.main import main

if __name__ == "__main__":
    main()
