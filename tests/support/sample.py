"""What a sample request is; `samples.py` has one per endpoint."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.web.endpoint import Endpoint
from tests.support.scene import Scene
from tests.support.world import NOTHING


@dataclass(frozen=True)
class Sample:
    """A request: the path's parameters, and the body."""

    path: Mapping[str, object] = field(default_factory=dict)
    body: Any = NOTHING

    def target(self, endpoint: Endpoint) -> str:
        """Return the path to call, with its documented slash at the end."""
        return endpoint.path.format(**self.path) + "/"


Builder = Callable[[Scene, int | str], Sample]
