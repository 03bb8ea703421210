"""The template of the data stack."""

from ops.deploy.package.data import data_template
from tests.ops.templates import STAGES


def test_production_s_data_is_kept_and_another_s_goes() -> None:
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
    assert kept["Table"]["Properties"]["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert "SecretString" not in kept["SigningKeys"]["Properties"]
