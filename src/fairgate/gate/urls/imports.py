"""Addresses of the gate: imports."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
