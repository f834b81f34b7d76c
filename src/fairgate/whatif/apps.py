from django.apps import AppConfig


class WhatIfConfig(AppConfig):
    name = "fairgate.whatif"
