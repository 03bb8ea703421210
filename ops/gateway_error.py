"""The body of what API Gateway answers by itself, deployed and on this machine."""


def gateway_error(text: str) -> dict[str, str]:
    """Return a body in the error style of both surfaces."""
    return {"detail": text, "message": (text[0].lower() + text[1:]).removesuffix(".")}
