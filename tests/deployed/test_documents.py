"""Both documents, exchange by exchange, through the emulated API Gateway."""

import pytest

from ops.docs.exchanges import customer_api, orders_api
from ops.docs.exchanges.exchange import Exchange
from tests.deployed.stack import DeployedWorld
from tests.documents.difference import difference
from tests.documents.play import body_of, play_customer_exchange, play_orders_exchange


@pytest.fixture
def demo(deployed_world: DeployedWorld) -> DeployedWorld:
    """The documents' own data, and nothing else."""
    deployed_world.start_over()
    return deployed_world


@pytest.mark.parametrize("exchange", orders_api.EXCHANGES, ids=lambda exchange: exchange.title)
def test_an_exchange_of_the_orders_api_goes_as_printed(demo: DeployedWorld, exchange: Exchange) -> None:
    answer = play_orders_exchange(demo, exchange)

    assert answer.status == exchange.status, answer.text
    assert difference(exchange.response(demo.deployment.address), body_of(answer)) is None


@pytest.mark.parametrize("exchange", customer_api.EXCHANGES, ids=lambda exchange: exchange.title)
def test_an_exchange_of_the_customer_api_goes_as_printed(demo: DeployedWorld, exchange: Exchange) -> None:
    answer = play_customer_exchange(demo, exchange)

    assert answer.status == exchange.status, answer.text
    assert difference(exchange.response(demo.deployment.address), answer.json) is None
