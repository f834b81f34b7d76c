"""Addresses of the gate, a file for each part."""

from fairgate.gate.urls import advice, imports, requests, standards

app_name = "gate"
urlpatterns = [*requests.urlpatterns, *advice.urlpatterns, *standards.urlpatterns, *imports.urlpatterns]
