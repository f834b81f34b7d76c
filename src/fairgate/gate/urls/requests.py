"""Addresses of the gate: requests."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
