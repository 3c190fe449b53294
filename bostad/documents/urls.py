from django.urls import path

from bostad.documents import views

app_name = "documents"
urlpatterns = [
    path("arende/<str:number>/handlingar/", views.case_documents, name="documents"),
    path("handling/<int:pk>/", views.file, name="file"),
    path("handling/<int:pk>/makulera/", views.void, name="void"),
    path("handling/<int:pk>/igen/", views.make_again, name="make_again"),
    path("utskrifter/", views.print_queue, name="print_queue"),
    path("utskrifter/skriv-ut/", views.print_chosen, name="print_chosen"),
    path("utskrifter/posta/", views.post_chosen, name="post_chosen"),
    path("utskrifter/<int:pk>/", views.batch, name="batch"),
    path("utskrifter/<int:pk>/fil/", views.batch_file, name="batch_file"),
    path("utskrifter/<int:pk>/postningslista.csv", views.batch_csv, name="batch_csv"),
    path("utskrifter/brev/<int:pk>/stryk/", views.strike, name="strike"),
    path("utskrifter/brev/<int:pk>/igen/", views.print_again, name="print_again"),
]
