from django.urls import path

from bostad.overview import change_person, owners, views

app_name = "overview"
urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("tilldela/", views.assign, name="assign"),
    path("sok/", views.search, name="search"),
    path("personer/<int:pk>/", views.person, name="person"),
    path("personer/<int:pk>/andra/", change_person.change_person, name="change_person"),
    path("boenden/", views.dwellings, name="dwellings"),
    path("boenden/<int:pk>/", views.dwelling, name="dwelling"),
    path("fastighetsagare/", owners.owners, name="owners"),
    path("fastighetsagare/<int:pk>/", owners.owner, name="owner"),
    path("rutiner/", views.routine_list, name="routines"),
    path("rutiner/regel/<str:rule_id>/", views.rule, name="rule"),
    path("rutiner/<slug:key>/", views.routine, name="routine"),
    path("logggranskning/", views.log_review, name="log_review"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("hjalp/", views.help_page, name="help"),
    path("ovning/dag/", views.demo_day, name="demo_day"),
]
