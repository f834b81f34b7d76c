"""Addresses of the gate: advice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
