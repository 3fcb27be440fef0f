"""`python -m threads` is the command `threads`."""

from threads.cli import main

main()
