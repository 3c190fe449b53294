from django.urls import path

from contracts.views import contracts, offers, papers, steps

app_name = "contracts"
urlpatterns = [
    path("kontrakt/", contracts.contracts, name="contracts"),
    path("kontrakt/export.csv", contracts.export, {"kind": "csv"}, name="export_csv"),
    path("kontrakt/export.xlsx", contracts.export, {"kind": "xlsx"}, name="export_xlsx"),
    path("kontrakt/ny/", steps.register, name="register"),
    path("kontrakt/av-erbjudande/<str:number>/", offers.from_offer, name="from_offer"),
    path("kontrakt/<str:number>/", contracts.contract, name="contract"),
    path("kontrakt/<str:number>/adress/", contracts.reveal_address, name="reveal_address"),
    path("kontrakt/<str:number>/original/", contracts.originals, name="originals"),
    path("kontrakt/<str:number>/steg/<slug:name>/", steps.step, name="step"),
    path("bestallningar/", contracts.orders, name="orders"),
    path("original/ta-emot/", papers.receive, name="receive"),
    path("original/jaga/", papers.chase, name="chase"),
    path("original/jaga/paminn/", papers.remind_all, name="remind_all"),
    path("arkiv/", papers.archive, name="archive"),
]
