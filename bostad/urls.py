from django.contrib import admin
from django.urls import include, path

from bostad.organisation.views import admin_sign_in

urlpatterns = [
    path("", include("bostad.overview.urls")),
    path("", include("bostad.organisation.urls")),
    path("", include("bostad.casework.urls")),
    path("", include("bostad.documents.urls")),
    path("", include("referrals.urls")),
    path("", include("contracts.urls")),
    path("admin/login/", admin_sign_in, name="admin_sign_in"),
    path("admin/", admin.site.urls),
]
