"""Customers to test with, as registering leaves them."""

from chalicelib.shop.customers.model import Customer
from tests.support.scene import Scene
from tests.support.shop import Shop


def customer(scene: Scene) -> Customer:
    """Make a customer in the scene's world."""
    return Shop(scene.world, scene.staff).customer()
