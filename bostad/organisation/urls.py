from django.urls import path

from bostad.organisation import views

app_name = "organisation"
urlpatterns = [
    path("logga-in/", views.sign_in, name="sign_in"),
    path("logga-in/ovning/", views.demo_sign_in, name="demo_sign_in"),
    path("logga-ut/", views.sign_out, name="sign_out"),
]
