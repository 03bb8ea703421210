"""What a text may hold, when it can be quoted, and when two texts are the same."""

import re
import unicodedata

_KEPT_CONTROLS = "\t\n\r"
_MAX_QUOTED = 100
# Beside the format characters (Cf): what else Unicode shows nothing for (Default_Ignorable_Code_Point).
_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
_NOT_SHOWN = re.compile(f"[{_INVISIBLE}]")
_DOT_OF_I = re.compile("i\u0307+")


def _is_unusable(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Cs" or (category == "Cc" and character not in _KEPT_CONTROLS)


def has_unusable_characters(text: str) -> bool:
    """Tell whether a text holds control characters or lone surrogates."""
    return not text.isprintable() and any(map(_is_unusable, text))


def is_quotable(text: str) -> bool:
    """Tell whether a message may quote what was sent."""
    return len(text) <= _MAX_QUOTED and not has_unusable_characters(text)


def encodable(text: str) -> str:
    """Return a text as it can be sent on: lone surrogates stand for no character."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def usable(text: str) -> str:
    """Return a text without what no text may hold."""
    return "".join(character for character in text if not _is_unusable(character))


def has_format_characters(text: str) -> bool:
    """Tell whether a text holds format characters (Cf), which nobody sees."""
    return not text.isascii() and any(unicodedata.category(character) == "Cf" for character in text)


def compared(text: str) -> str:
    """Return what two texts have in common that are the same: NFKC, case-folded, without what is not shown.

    The capital dotted İ is an i like any other. What is stored and shown is what was sent.
    """
    if text.isascii():
        return text.lower()
    shown = "".join(character for character in text if unicodedata.category(character) != "Cf")
    folded = _folded(_folded(_NOT_SHOWN.sub("", shown)))  # a compatible character may have another case
    return unicodedata.normalize("NFKC", _DOT_OF_I.sub("i", folded))


def words_compared(text: str) -> str:
    """Return the same without blanks at the ends, and with one between words."""
    return " ".join(compared(text).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def without_marks(text: str) -> str:
    """Return a text, as long as it was, with each mark replaced by the letter or digit that it stands on.

    A mark belongs to its word, although it is no letter to `re` and `str`. One that stands on nothing is
    replaced by a blank.
    """
    replaced: list[str] = []
    for character in text:
        if unicodedata.category(character).startswith("M"):
            character = replaced[-1] if replaced and replaced[-1].isalnum() else " "
        replaced.append(character)
    return "".join(replaced)
