from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "wesprint.platform.audit"
    label = "audit"
