"""What watches: Prometheus rules, alert messages, Grafana's boards, the runbook, the past as OpenMetrics."""
