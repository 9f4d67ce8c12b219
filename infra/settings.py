"""What can be set: `TENFOLD_*` variables, then what `tenfold up` wrote, then defaults."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

STACK_FILE = "stack.env"
"""What `tenfold up` writes into the data folder, so that other commands find its stack."""

Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseSettings):
    """Everything that can be set. Only `infra` sees it: lower rings receive values."""

    model_config = SettingsConfigDict(env_prefix="TENFOLD_", frozen=True, extra="ignore")

    kafka_bootstrap_servers: str = "127.0.0.1:19092"
    topic_prefix: str = Field("tenfold.", pattern=r"^[A-Za-z0-9._-]*$", max_length=200)
    topic_replication_factor: int = Field(1, ge=1)
    """Brokers that hold each partition, as `topics create` asks for: 3 in production."""
    consumer_group: str = Field("tenfold", min_length=1)
    database_url: str = Field("postgresql://tenfold@127.0.0.1:15432/tenfold", repr=False)

    policy_file: Path | None = None
    """Policy in TOML; without one the defaults hold."""
    pseudonym_key: SecretStr | None = Field(None, min_length=16)
    """With it, importers replace every handle by a keyed hash."""

    operator_token: SecretStr | None = Field(None, min_length=16)
    """Whoever shows it sees names in every community."""
    lead_tokens: dict[str, Annotated[SecretStr, Field(min_length=16)]] = Field(default_factory=dict)
    """By community (a JSON object in the environment): whoever shows it sees names in that one."""

    metrics_token: SecretStr | None = Field(None, min_length=16)
    """Whoever shows it may read /metrics from elsewhere, and nothing more."""
    dashboards_password: SecretStr | None = Field(None, min_length=16)
    """With it, `migrate` makes the database login `tenfold_grafana`, which reads numbers and no names."""
    log_format: Literal["text", "json"] = "text"
    """How processes log: a line of text, or of JSON, for each message."""

    bind_address: str = "127.0.0.1"
    """Loopback unless told otherwise: the pages are public once they can be reached."""
    behind_tls: bool = False
    """Whether browsers come by HTTPS, to a proxy that ends it: cookies are then for HTTPS alone."""
    kafka_port: Port = 19092
    controller_port: Port = 19093
    postgres_port: Port = 15432
    server_port: Port = 8010
    worker_metrics_port: Port = 8012
    prometheus_port: Port = 19090
    alertmanager_port: Port = 19094

    data_dir: Path = Path(".tenfold")
    postgres_bin_dir: Path | None = None
    """`bin` folder of a PostgreSQL installation to use for the binaries that came with Tenfold."""

    @classmethod
    def load(cls, data_dir: Path | None = None, **values: object) -> Self:
        """Reads the environment and the stack file of a data folder.

        Args:
            data_dir: The folder asked for on the command line; it outranks `TENFOLD_DATA_DIR`.
            values: Further values from the command line; they outrank everything.
        """
        if data_dir is not None:
            values["data_dir"] = data_dir
        folder = data_dir or cls(_env_file=None).data_dir
        return cls(_env_file=folder / STACK_FILE, **values)  # type: ignore[arg-type] # by name, validated there
