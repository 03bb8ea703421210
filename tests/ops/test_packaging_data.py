"""The template of the data stack."""

import pytest

from ops.deploy.package.data import data_template
from tests.ops.templates import STAGES


def test_the_data_of_production_is_kept_and_that_of_another_stage_goes() -> None:
    kept, passing = (data_template(STAGES[name])["Resources"] for name in ("production", "dev"))

    for name in ("Table", "SigningKeys", "Archives"):
        assert kept[name]["DeletionPolicy"] == kept[name]["UpdateReplacePolicy"] == "Retain"
        assert passing[name]["DeletionPolicy"] == "Delete"
    assert kept["Table"]["Properties"]["DeletionProtectionEnabled"] is True
    assert kept["Table"]["Properties"]["SSESpecification"] == {"SSEEnabled": True}
    backups = kept["Table"]["Properties"]["PointInTimeRecoverySpecification"]
    assert backups == {"PointInTimeRecoveryEnabled": True}
    expiry = kept["Table"]["Properties"]["TimeToLiveSpecification"]
    assert expiry == {"AttributeName": "expires_at", "Enabled": True}
    assert kept["Table"]["Properties"]["BillingMode"] == "PAY_PER_REQUEST"
    assert "SecretString" not in kept["SigningKeys"]["Properties"]


@pytest.mark.parametrize("name", STAGES)
def test_no_stream_holds_copies_of_items_while_nothing_reads_it(name: str) -> None:
    template = data_template(STAGES[name])

    assert "StreamSpecification" not in template["Resources"]["Table"]["Properties"]
