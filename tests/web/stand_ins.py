"""Views and a signed-in person for tests of the shell, which knows no accounts."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.utils import OperationalError
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_GET

from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Refusal, Unknown
from tongxing.web.gates import anyone, needs, signed_in
from tongxing.web.pages import page, redirect
from tongxing.web.tables import Head

HUAN = Actor(
    account_id="0193-a",
    post_id="0193-p",
    name="欢颜",
    role="COUNTY_OFFICER",
    organisation="湖里区民政局",
    division=350206000000,
    capabilities=frozenset({"children.see"}),
)


class Acting:
    """Puts HUAN on every request, except where the test asks to be a stranger."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = None if "stranger" in request.GET else HUAN
        return self.get_response(request)


class ListShrank(Refusal):
    code = "list_shrank"
    message = "The list shrank from %(before)d to %(now)d rows."


class FileForm(forms.Form):
    file = forms.FileField(help_text="Only lists.")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.endswith(".csv"):
            raise forms.ValidationError("This is no list.")
        return file


class SearchForm(forms.Form):
    q = forms.CharField(required=False, widget=forms.TextInput(attrs={"type": "search"}))


@anyone
def refused(request):
    raise ListShrank(before=100, now=12)


@anyone
def unknown(request):
    raise Unknown


@anyone
def forbidden(request):
    raise PermissionDenied


@anyone
def broken(request):
    raise ValueError("Key (id_no)=(990203201805043015) already exists")


@anyone
def database_away(request):
    raise OperationalError from ConnectionFailed()


@anyone
def statement_too_slow(request):
    raise OperationalError from TooSlow()


class ConnectionFailed(Exception):
    sqlstate = None


class TooSlow(Exception):
    sqlstate = "57014"


def undeclared(request):
    return HttpResponse("should never be seen")


@needs("children.see", "audit.read")
@require_GET
def for_either(request):
    return HttpResponse("for those who see children or read the trail")


@needs("audit.read")
def for_auditors(request):
    return HttpResponse("for auditors")


@signed_in
def rows(request):
    shown = ["a", "b"] if "more" in request.GET else ["a"]
    return page(request, "tests/rows.html", {"rows": shown}, fragment="results")


@signed_in
def saved(request):
    return redirect(request, "rows")


@signed_in
def search(request):
    names = [name for name in ("林小满", "周予安") if request.GET.get("q", "") in name]
    context = {"names": names, "form": SearchForm(request.GET), "heads": [Head("Name", "text")]}
    return page(request, "tests/search.html", context, fragment="results")


@signed_in
def upload(request):
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"{form.cleaned_data['file'].name} received")
        return redirect(request, "rows")
    status = 422 if form.errors else 200
    return page(request, "tests/upload.html", {"form": form}, status=status)


@signed_in
def reasons(request):
    return page(request, "tests/reasons.html", {"reason": request.POST.get("reason", "")})


handler400 = "tongxing.web.errors.bad_request"
handler403 = "tongxing.web.errors.forbidden"
handler404 = "tongxing.web.errors.not_found"
handler500 = "tongxing.web.errors.server_error"
urlpatterns = [
    path("", include("tongxing.web.urls")),
    path("refused/", refused),
    path("unknown/", unknown),
    path("forbidden/", forbidden),
    path("broken/", broken),
    path("database-away/", database_away),
    path("too-slow/", statement_too_slow),
    path("undeclared/", undeclared),
    path("either/", for_either, name="either"),
    path("auditors/", for_auditors, name="auditors"),
    path("rows/", rows, name="rows"),
    path("rows/deep/", rows, name="deep"),
    path("saved/", saved),
    path("search/", search, name="search"),
    path("upload/", upload),
    path("reasons/", reasons),
]
