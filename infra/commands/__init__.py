"""One module per command of `infra.cli.COMMANDS`; `progress` is what they share."""
