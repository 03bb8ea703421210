"""The API reference of a stage that has `docs`: the template of its stack, and its files."""

from ops.deploy.package.build import read_template
from ops.deploy.package.package import API_ADDRESS, Docs, Template
from ops.deploy.package.stages import ROOT, Stage
from ops.docs.page import site

_SOURCE = ROOT / ".chalice" / "docs.yml"


def docs_of(stage: Stage) -> Docs | None:
    """Return what of the package is the reference."""
    return Docs(docs_template(), site.of(API_ADDRESS)) if stage.docs else None


def docs_template() -> Template:
    """Return the template, with the page's own headers in it."""
    template = read_template(_SOURCE)
    said = site.headers("${ApiOrigin}")
    policy = template["Resources"]["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy["SecurityHeadersConfig"] |= {
        "ContentSecurityPolicy": {
            "ContentSecurityPolicy": {"Fn::Sub": said["Content-Security-Policy"]},
            "Override": True,
        },
        "ReferrerPolicy": {"ReferrerPolicy": said["Referrer-Policy"], "Override": True},
    }
    return template
