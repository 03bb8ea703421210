"""Puts archives and templates where AWS reads them, under the digest of their content."""

import copy
import hashlib

from ops.deploy.cloud import Cloud
from ops.deploy.package.package import Template, text_of


def upload(cloud: Cloud, bucket: str, folder: str, content: bytes, suffix: str) -> str:
    """Upload a file and return its key, the same for the same content."""
    key = f"{folder}/{hashlib.sha256(content).hexdigest()}{suffix}"
    cloud.client("s3").put_object(Bucket=bucket, Key=key, Body=content, ServerSideEncryption="AES256")
    return key


def with_archive(template: Template, bucket: str, key: str) -> Template:
    """Return the template with each function's code in the bucket."""
    placed = copy.deepcopy(template)
    for resource in placed["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"s3://{bucket}/{key}"
    return placed


def template_url(cloud: Cloud, bucket: str, template: Template) -> str:
    """Upload a template, which is larger than a call may be, and return its address."""
    key = upload(cloud, bucket, "templates", text_of(template).encode(), ".json")
    client = cloud.client("s3")
    return f"https://s3.{client.meta.region_name}.amazonaws.com/{bucket}/{key}"
