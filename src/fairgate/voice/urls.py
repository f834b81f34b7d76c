"""Addresses of the room `voice`."""

from django.urls import path

from fairgate.voice import views

app_name = "voice"
urlpatterns = [
    path("", views.front, name="front"),
    path("plan/", views.plan, name="plan"),
    path("periods/new/", views.new_period, name="new-period"),
    path("periods/<uuid:pk>/", views.period, name="period"),
    path("periods/<uuid:pk>/confirm/", views.confirm, name="confirm"),
    path("periods/<uuid:pk>/discard/", views.discard, name="discard"),
    path("periods/<uuid:pk>/invite/", views.invite, name="invite"),
    path("periods/<uuid:pk>/end/", views.end, name="end"),
    path("periods/<uuid:pk>/preview/", views.preview, name="preview"),
    path("periods/<uuid:pk>/close/", views.close, name="close"),
    path("periods/<uuid:pk>/give-up/", views.give_up, name="give-up"),
    path("results/<uuid:pk>/", views.results, name="results"),
    path("results/<uuid:pk>/table.csv", views.results_csv, name="results-csv"),
    path("results/<uuid:pk>/page.pdf", views.results_pdf, name="results-pdf"),
    path("mine/", views.mine, name="mine"),
    path("mine/take-back/", views.mine_take_back, name="mine-take-back"),
    path("a/<str:token>/", views.link, name="link"),
    path("a/<str:token>/take-back/", views.link_take_back, name="link-take-back"),
    path("thanks/", views.thanks, name="thanks"),
    path("pack/", views.pack, name="pack"),
    path("pack/page.pdf", views.pack_pdf, name="pack-pdf"),
]
