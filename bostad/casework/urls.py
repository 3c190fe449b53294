from django.urls import path

from bostad.casework import views

app_name = "casework"
urlpatterns = [
    path("arende/<str:number>/journal/", views.journal, name="journal"),
    path("arende/<str:number>/bevakningar/", views.deadlines, name="deadlines"),
    path("arende/<str:number>/samtycken/", views.consents, name="consents"),
    path("arende/<str:number>/samtycken/<int:pk>/aterkalla/", views.revoke_consent, name="revoke_consent"),
    path("arende/<str:number>/logg/", views.log, name="log"),
    path("arende/<str:number>/lamna-over/", views.hand_over, name="hand_over"),
]
