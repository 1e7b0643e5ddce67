"""The demo town has one account for every post, and nobody got one by a back door."""

from collections import Counter

import pytest

from tests.access.factories import a_division
from tongxing.access.models import Account, Appointment, Grant, Organisation, Post
from tongxing.access.queries import actor_by_username
from tongxing.access.queries.accounts import demo_accounts
from tongxing.access.values.organisations import SECTOR_OF, OrganisationKind, Sector
from tongxing.access.values.roles import ADMINISTRATORS, Role
from tongxing.demo import people
from tongxing.demo.posts import CORNERS, jobs
from tongxing.kernel.divisions import area_of, county_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(settings):
    settings.TONGXING_DEMO = True
    for division, corner in CORNERS.items():
        for code in (division, corner.township, corner.vacant):
            a_division(code, "某地")
    return people.create_all()


def test_every_role_can_be_tried(settled):
    held = {Role(role) for role in Appointment.objects.values_list("post__role", flat=True)}
    assert held == set(Role)
    assert settled.accounts == Account.objects.count() == len(demo_accounts())
    assert settled.posts == Post.objects.count()
    assert settled.organisations == Organisation.objects.count()


def test_everybody_but_the_first_three_was_asked_for_and_confirmed(settled):
    assert Grant.objects.filter(state="confirmed").count() == settled.accounts - 3
    founders = Appointment.objects.filter(grant=None).values_list("post__role", flat=True)
    assert {Role(role) for role in founders} == ADMINISTRATORS


@pytest.mark.parametrize("place", CORNERS)
def test_every_place_has_its_people(settled, place):
    key = CORNERS[place].key
    assert actor_by_username(f"{key}.officer").area == area_of(place)
    assert actor_by_username(f"{key}.supervisor").area == area_of(CORNERS[place].township)
    assert actor_by_username(f"{key}.director").area == area_of(CORNERS[place].village(0))
    for clerk in ("education", "police", "health", "insurance", "dpf", "school", "hospital"):
        assert county_of(actor_by_username(f"{key}.{clerk}").division) == place


@pytest.mark.clause("CN-2.2")
def test_schools_communities_and_society_are_organisations_beside_government(settled):
    sectors = Counter(
        SECTOR_OF[OrganisationKind(kind)]
        for kind in Organisation.objects.values_list("kind", flat=True)
    )
    assert {Sector.GOVERNMENT, Sector.SCHOOL, Sector.COMMUNITY, Sector.SOCIETY} <= set(sectors)


def test_a_vacant_post_shows_what_vacancy_looks_like(settled):
    held = Appointment.objects.values("post")
    assert Post.objects.exclude(pk__in=held).count() == len(CORNERS)


def test_settling_twice_is_settling_once(settled):
    before = Account.objects.count()
    assert people.create_all() is None
    assert Account.objects.count() == before


def test_every_demo_account_signs_in(settled, client, settings):
    usernames = [job.username for job in jobs() if job.username]
    assert len(usernames) == len(set(usernames))
    for username in [*usernames[::6], "site.system", "site.security", "site.audit"]:
        typed = {"username": username, "password": settings.TONGXING_DEMO_PASSWORD}
        assert client.post("/sign-in/", typed)["Location"] == "/"
        assert client.get("/").status_code == 200
        client.post("/sign-out/")


def test_a_real_site_gets_no_demo_people(settings):
    settings.TONGXING_DEMO = False
    with pytest.raises(people.NotADemonstration):
        people.create_all()
