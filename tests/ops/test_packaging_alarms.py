"""The alarms and the dashboard in the template."""

import json
from typing import Any

from chalicelib.endpoints import load_all
from ops.deploy.package import names
from tests.ops.templates import Templates


def test_every_alarm_reaches_the_one_topic(production: Any) -> None:
    alarms = {name: found["Properties"] for name, found in production.items() if "Alarm" in found["Type"]}

    assert {json.dumps(alarm["AlarmActions"]) for alarm in alarms.values()} == {'[{"Ref": "AlarmTopic"}]'}
    assert {f"{names.logical(endpoint)}Errors" for endpoint in load_all()} <= set(alarms)
    assert {alarm["MetricName"] for alarm in alarms.values()} == {
        "5XXError",
        "Errors",
        "Latency",
        "ReadThrottleEvents",
        "SystemErrors",
        "Throttles",
        "WriteThrottleEvents",
    }


def test_latency_is_judged_by_its_99th_percentile(production: Any) -> None:
    alarms = [
        found["Properties"] for found in production.values() if found["Type"] == "AWS::CloudWatch::Alarm"
    ]
    slow = [alarm for alarm in alarms if alarm["MetricName"] == "Latency"]

    assert [(alarm["ExtendedStatistic"], alarm["Threshold"]) for alarm in slow] == [("p99", 1500)]


def test_whoever_is_named_gets_the_alarms_by_mail(templates: Templates) -> None:
    mails = [
        found["Properties"]
        for found in templates.of("production with everything")["Resources"].values()
        if found["Type"] == "AWS::SNS::Subscription"
    ]

    to_operator = {"Protocol": "email", "Endpoint": "operator@example.com"}
    assert mails == [{"TopicArn": {"Ref": "AlarmTopic"}, **to_operator}]


def test_the_dashboard_shows_the_api_the_functions_and_the_table(production: Any) -> None:
    [dashboard] = [
        found["Properties"] for found in production.values() if found["Type"] == "AWS::CloudWatch::Dashboard"
    ]
    widgets = json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]
    shown = json.dumps([widget["properties"]["metrics"] for widget in widgets])

    assert dashboard["DashboardName"] == {"Ref": "AWS::StackName"}
    assert len({(widget["x"], widget["y"]) for widget in widgets}) == len(widgets)
    for metric in ("5XXError", "Latency", "Errors", "Duration", "Throttles", "ReadThrottleEvents"):
        assert metric in shown
    for service in ("AWS/ApiGateway", "AWS/Lambda", "AWS/DynamoDB"):
        assert service in shown
