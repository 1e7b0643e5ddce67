"""Navigation, search, home cards and help lines: filled by packages, seen by those they concern."""

from tests.web.soup import soup_of
from tests.web.stand_ins import HUAN
from tongxing.web import help as helplines
from tongxing.web import home, navigation, posts
from tongxing.web.help import Hotline
from tongxing.web.home import Card, Line
from tongxing.web.navigation import NavItem


def page_of(client, address="/"):
    return soup_of(client.get(address).content)


def places_of(soup):
    return [link.get_text(strip=True) for link in soup.select(".side .place")]


def test_places_stand_in_order_and_only_for_those_who_may_go(client):
    navigation.register(
        NavItem(label="Trail", url_name="auditors", icon="lock", capability="audit.read", order=5)
    )
    navigation.register(
        NavItem(label="Rows", url_name="rows", icon="list", capability="children.see", order=20)
    )
    assert places_of(page_of(client)) == ["工作台", "Rows", "求助"]


def test_a_place_registered_twice_is_one_place(client):
    for _ in range(2):
        navigation.register(NavItem(label="Rows", url_name="rows", icon="list", order=20))
    assert places_of(page_of(client)).count("Rows") == 1


def test_the_nearest_place_is_marked(client):
    navigation.register(NavItem(label="Rows", url_name="rows", icon="list", order=20))
    navigation.register(NavItem(label="Deep", url_name="deep", icon="list", order=30))
    for address, name in [("/", "工作台"), ("/rows/", "Rows"), ("/rows/deep/", "Deep")]:
        marked = page_of(client, address).select(".side .place[aria-current]")
        assert [link.get_text(strip=True) for link in marked] == [name]


def test_search_is_shown_only_where_there_is_something_to_search(client):
    assert page_of(client).select_one("form.search") is None
    navigation.use_search("auditors", "audit.read")
    assert page_of(client).select_one("form.search") is None
    navigation.use_search("rows", "children.see", method="post")
    form = page_of(client).select_one("form.search")
    assert (form["action"], form["method"]) == ("/rows/", "post")
    assert form.find("input", attrs={"name": "csrfmiddlewaretoken"})


def test_the_header_names_post_and_place(client, monkeypatch):
    monkeypatch.setattr(posts, "_describe", [])
    posts.describe_with(lambda actor: f"described {actor.role}")
    header = page_of(client).select_one(".topbar .post").get_text(" ", strip=True)
    assert header == "湖里区民政局 described COUNTY_OFFICER"


def test_110_is_on_every_page(client):
    for address in ("/", "/rows/", "/settings/display/", "/nowhere/", "/help/?stranger=1"):
        assert page_of(client, address).select_one('a.sos[href="/help/"]'), address


def test_home_shows_what_packages_have_to_say_to_this_person(client):
    @home.card(order=2)
    def second(actor):
        return Card(title="Second", number=0, kind="due")

    @home.card(order=1)
    def first(actor):
        line = Line(text="高殿中学.xls", url="/rows/", note="3")
        return Card(title=f"For {actor.name}", number=1234, url="/rows/", kind="due", lines=(line,))

    @home.card()
    def nothing(actor):
        return None

    cards = page_of(client).select(".work-card")
    assert [card.h3.get_text(strip=True) for card in cards] == ["For 欢颜", "Second"]
    assert cards[0].select_one(".work-number").text == "1,234"
    assert cards[0].li.a["href"] == "/rows/"


def card_of(kind):
    return lambda _actor: Card(title=kind, kind=kind)


def test_cards_are_grouped_by_why_they_are_there(client):
    for kind in ("changed", "held", "due"):
        home.card()(card_of(kind))
    groups = page_of(client).select(".work")
    assert [group.h3.get_text(strip=True) for group in groups] == ["due", "held", "changed"]


def test_a_quiet_day_says_so(client):
    assert "今天没有待办事项。" in page_of(client).get_text()


def test_help_shows_110_first_and_largest(client):
    @helplines.hotlines
    def lines(division, language):
        return [
            Hotline(number="110", name="again"),
            Hotline(number="12355", name=f"{division} {language}", source="厦民〔2025〕1号"),
        ]

    @helplines.hotlines
    def more(division, language):
        return [Hotline(number="12355", name="twice")]

    soup = page_of(client, "/help/")
    numbers = [link.get_text(strip=True) for link in soup.select('a[href^="tel:"]')]
    assert numbers == ["110", "120", "12355"]
    assert soup.select_one(".emergency-number")["href"] == "tel:110"


def test_help_asks_for_the_lines_of_my_place_in_my_language(english):
    asked = []

    @helplines.hotlines
    def lines(division, language):
        asked.append((division, language))
        return []

    english.get("/help/")
    assert asked == [(HUAN.division, "en")]


def test_help_is_there_for_strangers_without_any_lines(client):
    soup = page_of(client, "/help/?stranger=1")
    assert soup.select_one(".emergency-number")
    assert not soup.select_one(".side")
