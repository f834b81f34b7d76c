from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "fairgate.protection"
