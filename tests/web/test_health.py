"""Whether the site answers for itself and its database."""

import pytest
from django.db import connection
from django.test import Client

from tongxing.web import health
from tongxing.web.version import running_version


@pytest.mark.django_db
def test_a_living_site_says_ok():
    response = Client().get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "version": running_version()}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_probes_need_no_known_host_name():
    assert Client().get("/healthz", headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_without_its_database_it_says_unavailable(monkeypatch, django_db_blocker):
    with django_db_blocker.unblock():
        nowhere = connection.copy("nowhere")
        nowhere.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1", "USER": "u", "PASSWORD": "p"}
        monkeypatch.setattr(health, "connection", nowhere)
        response = Client().get("/healthz")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"
    assert response.json()["database"] == "unavailable"


def test_health_is_not_a_place_to_write(client):
    assert client.post("/healthz").status_code == 404
