"""`python -m infra` is `tenfold`."""

from infra.cli import main

if __name__ == "__main__":
    main()
