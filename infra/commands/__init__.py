"""One module per command of `infra.cli.COMMANDS`; `options` and `recording` are what several share."""
