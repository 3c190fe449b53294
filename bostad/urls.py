from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("bostad.overview.urls")),
    path("", include("bostad.organisation.urls")),
    path("", include("bostad.casework.urls")),
    path("", include("bostad.documents.urls")),
    path("", include("contracts.urls")),
    path("admin/", admin.site.urls),
]
