"""Addresses of the gate: standards."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
