"""What a text may hold, when it can be quoted, and when two texts are the same."""

import re
import unicodedata

_KEPT_CONTROLS = "\t\n\r"
_MAX_QUOTED = 100
# Beside the format characters (Cf): what else Unicode shows nothing for (Default_Ignorable_Code_Point), also
# where no character is assigned yet.
_INVISIBLE = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff"
)
_NOT_SHOWN = re.compile(f"[{_INVISIBLE}]")
_MEANINGLESS = frozenset({"Cf", "Co", "Cn"})
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


def has_meaningless_characters(text: str) -> bool:
    """Tell whether a text holds what nobody sees, or what Unicode gives no meaning (Co, Cn)."""
    if text.isascii():
        return False
    return bool(_NOT_SHOWN.search(text)) or any(unicodedata.category(each) in _MEANINGLESS for each in text)


def shows_nothing(text: str) -> bool:
    """Tell whether a text is empty, or blanks and what nobody sees alone."""
    return not (text if text.isascii() else compared(text)).strip()


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
    """Return the same as `compared`, without blanks at the ends, and with one between words."""
    return " ".join(compared(text).split())


def address_compared(address: str) -> str:
    """Return the same as `compared`, with a domain that is sent as `xn--…` written as it is read."""
    same = compared(address)
    if "xn--" not in same:
        return same
    local_part, at, domain = same.rpartition("@")
    return local_part + at + ".".join(map(_as_read, domain.split(".")))


def _as_read(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        read = label.removeprefix("xn--").encode("ascii").decode("punycode")
    except ValueError:
        return label
    return label if read.isascii() or has_unusable_characters(read) else compared(read)


def is_same_address(one: str, other: str) -> bool:
    """Tell whether two mail addresses are the same; only one account can have them."""
    return address_compared(one) == address_compared(other)


def is_same_mailbox(one: str | None, other: str | None) -> bool:
    """Tell whether two mail addresses lead to one mailbox: they do where only the case of ASCII differs.

    Others that are the same address need not: `straße.example` and `strasse.example` are two domains.
    """
    return one is other or (one is not None and other is not None and _lower(one) == _lower(other))


def _lower(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def words_to_search(text: str) -> str:
    """Return the same as `words_compared`, without marks that stand on no letter or digit."""
    words = words_compared(text)
    shown = zip(words, without_marks(words), strict=True)
    return " ".join("".join(each for each, base in shown if each == " " or base != " ").split())


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
