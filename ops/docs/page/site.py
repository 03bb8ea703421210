"""The `docs` command: writes the page as files that any web server can serve, under any path."""

from pathlib import Path

from chalicelib.web.request import HOST
from ops import CommandError
from ops.docs.page import files
from ops.docs.page.serving import PAGE


def run(folder: Path, server: str) -> int:
    """Write the site into a folder, tell what its server should say, and return the exit code.

    Args:
        folder: where to; it is made if need be.
        server: the address of the API that it describes.
    """
    site = of(server)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in site.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise CommandError(f"can't write into {folder} ({error.strerror}).") from error
    origin = origin_of(server)
    print(f"{folder}: {len(site)} files, for the API at {server}")
    print("To send requests from it, make its origin the API's allowed_origin. Serve it with:")
    for name, value in headers(origin).items():
        print(f"  {name}: {value}")
    return 0


def of(server: str) -> dict[str, bytes]:
    """Return the files of the site."""
    return {
        PAGE: files.page(apis=[origin_of(server)]),
        files.DOCUMENT: files.document(server.rstrip("/")),
        files.BUNDLE: files.bundle(),
        **files.assets(),
    }


def headers(origin: str) -> dict[str, str]:
    """Return the headers that the site is to be served with; its policy is in the page as well."""
    return {
        "Content-Security-Policy": f"{files.policy(origin)}; {files.NO_FRAMES}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": files.REFERRER_POLICY,
    }


def origin_of(server: str) -> str:
    """Return the origin of an API's address."""
    scheme, _, rest = server.partition("://")
    host = rest.partition("/")[0]
    if scheme in ("http", "https") and HOST.fullmatch(host):
        return f"{scheme}://{host}"
    raise CommandError(f"--server {server!r} is not a URL like https://api.example.com.")
