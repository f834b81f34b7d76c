"""Addresses of the home page and the guided start."""

from django.urls import path

from fairgate.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("start/", views.function, name="start"),
    path("start/needs/", views.needs, name="start-needs"),
]
