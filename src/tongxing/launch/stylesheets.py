"""A stylesheet of somebody else, cut down to the rules that our pages can meet."""

import re
from collections.abc import Iterator, Set

from tongxing.launch import places

# Themes and animations that we do not switch on.
FOREIGN = ("[data-bs-", "@keyframes", "@-webkit-keyframes")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
WORD = re.compile(r"[A-Za-z_][\w-]*")
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
NEGATED = re.compile(r":not\([^()]*\)")
HEAD_END = re.compile(r"[{;]")
BRACE_OR_STRING = re.compile(r"[{}]|\"[^\"]*\"|'[^']*'")
COMMA_BETWEEN_SELECTORS = re.compile(r",(?![^()\[\]]*[)\]])")
PROPERTY_READ = re.compile(r"var\((--[\w-]+)")
PROPERTY_SET = re.compile(
    r"(?<=[{;])(--[\w-]+):(?:\"[^\"]*\"|'[^']*'|\([^)]*\)|[^;}\"'(])*(?:;|(?=\}))"
)


def words_of_pages() -> frozenset[str]:
    """Every word that may be a class: all words of templates and of the code that fills them."""
    package = places.CHECKOUT / "src" / "tongxing"
    files = [*package.rglob("*.html"), *package.glob("*/web/**/*.py"), *package.glob("web/**/*.py")]
    return frozenset(word for file in files for word in WORD.findall(file.read_text("utf-8")))


def trimmed(css: str, classes: Set[str]) -> str:
    """The rules about elements and about these classes, with the properties they read."""
    css = "".join(_kept(COMMENT.sub("", css), classes))
    while (left := _without_unread_properties(css)) != css:
        css = left
    return css


def _kept(css: str, classes: Set[str]) -> Iterator[str]:
    for head, body in _blocks(css):
        if body is None:
            yield f"{head};"
        elif head.startswith(("@media", "@supports")):
            inner = "".join(_kept(body, classes))
            if inner:
                yield f"{head}{{{inner}}}"
        elif wanted := [each for each in _selectors(head) if _is_wanted(each, classes)]:
            yield f"{','.join(wanted)}{{{body}}}"


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """The top level of a stylesheet: what stands before each brace, and what within."""
    at = 0
    while (mark := HEAD_END.search(css, at)) is not None:
        head = css[at : mark.start()].strip()
        if mark[0] == ";":
            yield head, None
            at = mark.end()
        else:
            end = _closing(css, mark.end())
            yield head, css[mark.end() : end]
            at = end + 1


def _closing(css: str, at: int) -> int:
    """Where the block ends that begins at `at`; braces within strings do not count."""
    depth = 1
    for mark in BRACE_OR_STRING.finditer(css, at):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0:
            return mark.start()
    raise ValueError("The stylesheet ends within a block.")


def _selectors(head: str) -> list[str]:
    return COMMA_BETWEEN_SELECTORS.split(head)


def _is_wanted(selector: str, classes: Set[str]) -> bool:
    if any(sign in selector for sign in FOREIGN):
        return False
    return set(CLASS.findall(NEGATED.sub("", selector))) <= classes


def _without_unread_properties(css: str) -> str:
    read = set(PROPERTY_READ.findall(css))
    return PROPERTY_SET.sub(lambda found: found[0] if found[1] in read else "", css)
