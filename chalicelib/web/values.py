"""Types of values in answers, with the JSON schema keywords that a type alone does not express."""

from typing import Annotated, Any


class Schema:
    """Keywords of a JSON schema; a `title` makes it a schema of its own in the API document."""

    def __init__(self, **keywords: Any) -> None:
        self.keywords = keywords


Id = Annotated[int, Schema(minimum=1)]
Uuid = Annotated[str, Schema(format="uuid")]
Time = Annotated[str, Schema(format="date-time", examples=["2021-09-09T04:52:27.731903Z"])]
Url = Annotated[str, Schema(format="uri")]
EmailAddress = Annotated[str, Schema(format="idn-email")]
PhoneNumber = Annotated[str, Schema(examples=["+79137779135"])]
Money = Annotated[str, Schema(pattern=r"^[0-9]+\.[0-9]{2}$", examples=["3000.00"])]
