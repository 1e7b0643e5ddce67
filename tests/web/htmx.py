"""Whether the fragment that HTMX receives is exactly that part of the whole page."""

from tests.web.soup import soup_of

HTMX = {"HX-Request": "true"}


def ask_for_fragment(client, url, fragment):
    return client.get(url, headers={**HTMX, "HX-Target": fragment})


def assert_fragment_is_part_of_page(client, url, fragment):
    """Put the fragment into the page in place of what it replaces: nothing may change."""
    page = _soup(client.get(url))
    before = str(page)
    part = _soup(ask_for_fragment(client, url, fragment))
    roots = [node for node in part.contents if str(node).strip()]
    assert len(roots) == 1, f"the fragment {fragment} has {len(roots)} outermost elements, not one"
    assert roots[0].get("id") == fragment
    page.find(id=fragment).replace_with(roots[0])
    assert str(page) == before


def _soup(response):
    assert response.status_code == 200, response.status_code
    soup = soup_of(response.content)
    for hidden in soup.find_all("input", attrs={"name": "csrfmiddlewaretoken"}):
        hidden["value"] = "token"
    for tag in soup.find_all(nonce=True):
        tag["nonce"] = "nonce"
    body = soup.body
    if body and body.get("hx-headers"):
        body["hx-headers"] = "token"
    return soup
