from django.apps import AppConfig


class AgentsConfig(AppConfig):
    name = "wesprint.platform.agents"
    label = "agents"
