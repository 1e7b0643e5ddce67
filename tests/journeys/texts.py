"""The words on a page, and the words of the Chinese catalogue."""

import re
from pathlib import Path

from babel.messages.pofile import read_po
from playwright.sync_api import Page

import tongxing

CATALOGUE = Path(tongxing.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# What says its own language (a switch, a quotation) and what is typed or stored is no interface.
TEXTS = """() => {
  const own = "[lang]:not(html), script, style, code, kbd, time, option[value$='.officer']";
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest(own)) found.add(walker.currentNode.data);
  for (const name of ["placeholder", "aria-label", "title", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (!element.closest(own)) found.add(element.getAttribute(name));
  return [...found].map((text) => text.replace(/\\s+/g, " ").trim());
}"""


def texts_of(page: Page) -> set[str]:
    """Every piece of text on the page, hidden ones and attributes included."""
    return set(filter(None, page.evaluate(TEXTS)))


def words_of_the_catalogue() -> set[str]:
    """The Chinese texts of the interface."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    strings = (message.string for message in catalogue)
    plain = {text for text in strings if isinstance(text, str)}
    return set(filter(re.compile("[一-鿿]").search, plain))
