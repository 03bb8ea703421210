"""What an organization works with: its services and its clients."""

from chalicelib.domain.records import Client, Service
from chalicelib.table import keys
from chalicelib.table.items import ClientItem, ServiceItem
from chalicelib.table.snapshot import document


def service_item(service: Service) -> ServiceItem:
    """Return the item that keeps a service."""
    key = keys.service(service.organization, service.id)
    return ServiceItem(*key, doc=document(service), version=service.version)


def client_item(client: Client) -> ClientItem:
    """Return the item that keeps a client."""
    key = keys.client(client.organization, client.id)
    return ClientItem(*key, doc=document(client), version=client.version)
