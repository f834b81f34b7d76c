from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "fairgate.voice"
