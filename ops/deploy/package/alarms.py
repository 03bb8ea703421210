"""The alarms, all of which notify one topic, and the dashboard."""

import json
from collections.abc import Iterable
from typing import Any

from chalicelib.web.endpoint import Endpoint
from ops.deploy.package import names
from ops.deploy.package.stages import Stage

_OPERATIONS = ("BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")
_WIDTH = 12  # of 24 columns
_HEIGHT = 6

Resource = dict[str, Any]


def resources(endpoints: Iterable[Endpoint], stage: Stage) -> dict[str, Resource]:
    """Return the alarms, who gets them, and the dashboard, by logical id."""
    alarms = {**_of_api(stage), **_of_functions(), **_of_table()}
    if stage.alarm_per_function:
        alarms |= {f"{names.logical(endpoint)}Errors": _of_function(endpoint) for endpoint in endpoints}
    return {**alarms, **_subscription(stage), "Dashboard": _dashboard(stage)}


def _alarm(
    text: str, metric: str, namespace: str, dimensions: dict[str, Any], *, above: float = 0, **how: Any
) -> Resource:
    """An alarm on one metric, summed by the minute unless `how` says otherwise; missing data counts as OK."""
    given = {"Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, **how}
    if "ExtendedStatistic" in given:
        del given["Statistic"]
    topic = [{"Ref": "AlarmTopic"}]
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": text,
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
            "ComparisonOperator": "GreaterThanThreshold",
            "Threshold": above,
            "TreatMissingData": "notBreaching",
            "AlarmActions": topic,
            "OKActions": topic,
            **given,
        },
    }


def _of_api(stage: Stage) -> dict[str, Resource]:
    api = {"ApiName": {"Ref": "AWS::StackName"}, "Stage": stage.api_stage}
    slow = {"ExtendedStatistic": "p99", "Period": 300, "EvaluationPeriods": 3, "DatapointsToAlarm": 2}
    return {
        "ApiErrors": _alarm("The API answered 5xx", "5XXError", "AWS/ApiGateway", api),
        "ApiSlow": _alarm(
            f"One request of a hundred takes longer than {stage.slow_milliseconds} ms",
            "Latency",
            "AWS/ApiGateway",
            api,
            above=stage.slow_milliseconds,
            **slow,
        ),
    }


def _of_functions() -> dict[str, Resource]:
    # Without a dimension: no function has concurrency of its own, so that one that is throttled tells of
    # them all.
    throttled = _alarm(
        "Lambda has no concurrency left in this account and region", "Throttles", "AWS/Lambda", {}
    )
    return {"FunctionsThrottled": throttled}


def _of_function(endpoint: Endpoint) -> Resource:
    return _alarm(
        f"{endpoint.method} {endpoint.path} failed: crashed, out of memory or of its {endpoint.timeout} s",
        "Errors",
        "AWS/Lambda",
        {"FunctionName": {"Ref": names.function(endpoint)}},
    )


def _of_table() -> dict[str, Resource]:
    table = {"TableName": {"Ref": "TableName"}}
    # DynamoDB counts throttled requests by operation, and events for the table as a whole; the two events
    # cover all.
    alarms = {
        f"TableThrottled{kind}s": _alarm(
            f"DynamoDB throttles {kind.lower()}s", f"{kind}ThrottleEvents", "AWS/DynamoDB", table
        )
        for kind in ("Read", "Write")
    }
    for operation in _OPERATIONS:
        alarms[f"TableFails{operation}"] = _alarm(
            f"DynamoDB fails at {operation} by its own fault",
            "SystemErrors",
            "AWS/DynamoDB",
            {**table, "Operation": operation},
        )
    return alarms


def _subscription(stage: Stage) -> dict[str, Resource]:
    if stage.alarm_email is None:
        return {}
    properties = {"TopicArn": {"Ref": "AlarmTopic"}, "Protocol": "email", "Endpoint": stage.alarm_email}
    return {"AlarmMail": {"Type": "AWS::SNS::Subscription", "Properties": properties}}


def _dashboard(stage: Stage) -> Resource:
    api = ["AWS/ApiGateway", "{}", "ApiName", "${AWS::StackName}", "Stage", stage.api_stage]
    table = ["AWS/DynamoDB", "{}", "TableName", "${TableName}"]
    widgets = [
        _widget(
            "Requests and errors", [_named(api, name) for name in ("Count", "4XXError", "5XXError")], "Sum"
        ),
        _widget(
            "Latency, p50 and p99", [[*_named(api, "Latency"), {"stat": stat}] for stat in ("p50", "p99")]
        ),
        _widget("Errors by function", [_search("Errors", "Sum")]),
        _widget("p99 duration by function", [_search("Duration", "p99")]),
        _widget("Invocations by function", [_search("Invocations", "Sum")]),
        _widget("Functions throttled", [["AWS/Lambda", "Throttles"]], "Sum"),
        _widget(
            "Capacity units",
            [_named(table, f"Consumed{kind}CapacityUnits") for kind in ("Read", "Write")],
            "Sum",
        ),
        _widget(
            "Table throttled", [_named(table, f"{kind}ThrottleEvents") for kind in ("Read", "Write")], "Sum"
        ),
    ]
    for place, widget in enumerate(widgets):
        widget |= {"x": place % 2 * _WIDTH, "y": place // 2 * _HEIGHT, "width": _WIDTH, "height": _HEIGHT}
    return {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {
            "DashboardName": {"Ref": "AWS::StackName"},
            "DashboardBody": {"Fn::Sub": json.dumps({"widgets": widgets})},
        },
    }


def _named(metric: list[str], name: str) -> list[Any]:
    return [name if part == "{}" else part for part in metric]


def _search(metric: str, statistic: str) -> list[Any]:
    """The metric of every function of the stack, found when the dashboard is looked at."""
    query = f'{{AWS/Lambda,FunctionName}} MetricName="{metric}" FunctionName="${{AWS::StackName}}-"'
    return [{"expression": f"SEARCH('{query}', '{statistic}', 60)", "label": ""}]


def _widget(title: str, metrics: list[Any], statistic: str | None = None) -> Resource:
    shown = {
        "title": title,
        "metrics": metrics,
        "region": "${AWS::Region}",
        "view": "timeSeries",
        "period": 60,
    }
    return {"type": "metric", "properties": shown | ({"stat": statistic} if statistic else {})}
