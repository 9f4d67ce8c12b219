"""Dashboards as code: `queries` says what is asked, `panels` and `usual` how it is drawn, `board` what stands around.

The four dashboards are `growing`, `leading`, `momentum` and `itself`; `python -m infra.monitoring.grafana` writes them
as the JSON that Grafana is given. Everything here is pure but that command.
"""
