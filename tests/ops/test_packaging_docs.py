"""The API reference in a package: a stack of its own, for a stage that has it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cfnlint.api
import pytest

from ops import CommandError
from ops.deploy.package import package
from ops.deploy.package.data import data_template
from ops.deploy.package.docs import docs_of, docs_template
from ops.deploy.package.package import API_ADDRESS, Package, text_of
from ops.docs.page import site
from tests.ops.templates import STAGES, Templates

WITH_DOCS = replace(STAGES["dev"], docs=True)
MADE = Package(WITH_DOCS, b"archive", {"Resources": {}}, data_template(WITH_DOCS), docs_of(WITH_DOCS))


@pytest.fixture(scope="module")
def resources() -> Any:
    return {name: resource["Properties"] for name, resource in docs_template()["Resources"].items()}


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_has_no_reference_unless_it_says_so(name: str) -> None:
    assert docs_of(STAGES[name]) is None


def test_no_stage_serves_the_reference_from_its_functions(templates: Templates) -> None:
    paths = templates.make(WITH_DOCS)["Resources"]["RestAPI"]["Properties"]["Body"]["paths"]

    assert not [path for path in paths if path == "/" or path.startswith("/docs")]


def test_nobody_reads_the_bucket_but_the_distribution(resources: Any) -> None:
    allowed, refused = resources["SiteForDistributionOnly"]["PolicyDocument"]["Statement"]

    assert set(resources["Site"]["PublicAccessBlockConfiguration"].values()) == {True}
    assert (allowed["Principal"], allowed["Action"]) == (
        {"Service": "cloudfront.amazonaws.com"},
        "s3:GetObject",
    )
    assert "${Distribution}" in allowed["Condition"]["StringEquals"]["aws:SourceArn"]["Fn::Sub"]
    assert (refused["Effect"], refused["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": False}})
    control = resources["Access"]["OriginAccessControlConfig"]
    assert (control["SigningBehavior"], control["SigningProtocol"]) == ("always", "sigv4")
    [origin] = resources["Distribution"]["DistributionConfig"]["Origins"]
    assert origin["OriginAccessControlId"] == {"Fn::GetAtt": ["Access", "Id"]}


def test_the_distribution_serves_the_page_over_tls_with_its_headers(resources: Any) -> None:
    served = resources["Distribution"]["DistributionConfig"]
    headers = resources["Headers"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]

    assert served["DefaultRootObject"] == "index.html"
    assert served["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert served["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] == {"Ref": "Headers"}
    said = site.headers("${ApiOrigin}")
    assert headers["ContentSecurityPolicy"]["ContentSecurityPolicy"] == {
        "Fn::Sub": said["Content-Security-Policy"]
    }
    assert headers["ReferrerPolicy"]["ReferrerPolicy"] == said["Referrer-Policy"]
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31_536_000
    assert {header["Override"] for header in headers.values()} == {True}


def test_cfn_lint_finds_nothing_in_the_template() -> None:
    found = cfnlint.api.lint(text_of(docs_template()), regions=["eu-central-1"])

    assert [str(match) for match in found] == []


def test_only_the_page_and_the_document_wait_for_the_address_of_the_api() -> None:
    assert MADE.docs is not None
    waiting = {name for name, content in MADE.docs.files.items() if API_ADDRESS.encode() in content}

    assert waiting == {"index.html", "openapi.json"}
    assert json.loads(MADE.docs.files["openapi.json"])["servers"] == [{"url": API_ADDRESS}]


def test_a_package_with_the_reference_is_read_as_it_was_written(tmp_path: Path) -> None:
    package.write(MADE, tmp_path)

    assert package.read(WITH_DOCS, tmp_path) == MADE
    assert package.read(STAGES["dev"], tmp_path).docs is None


def test_a_package_without_the_reference_that_the_stage_has_is_refused(tmp_path: Path) -> None:
    package.write(MADE._replace(docs=None), tmp_path)

    with pytest.raises(CommandError, match=r"holds no package: .*docs\.json"):
        package.read(WITH_DOCS, tmp_path)
