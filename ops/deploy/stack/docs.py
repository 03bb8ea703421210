"""Puts the files of the API reference into the bucket that its distribution reads."""

from collections.abc import Mapping

from ops.deploy.cloud import Cloud
from ops.deploy.package.package import API_ADDRESS
from ops.docs.page.serving import FOR_EVER, MEDIA_TYPES, PAGE, REVALIDATED


def origin_of(address: str) -> str:
    """Return the origin of the API's address, which the output of a stack names."""
    return "/".join(address.split("/")[:3])


def upload(cloud: Cloud, bucket: str, files: Mapping[str, bytes], address: str) -> None:
    """Upload the files for the API at an address, the page last: what it names is there by then."""
    for name in sorted(files, key=lambda name: name == PAGE):
        suffix = name[name.rindex(".") :]
        cloud.client("s3").put_object(
            Bucket=bucket,
            Key=name,
            Body=_placed(name, files[name], address),
            ContentType=MEDIA_TYPES[suffix],
            CacheControl=FOR_EVER if name.startswith("scalar-") and suffix == ".js" else REVALIDATED,
            ServerSideEncryption="AES256",
        )


def _placed(name: str, content: bytes, address: str) -> bytes:
    """Return a file with the API's address in it; the page names the origin alone."""
    known = origin_of(address) if name == PAGE else address
    return content.replace(API_ADDRESS.encode(), known.encode())
