"""Both documents, exchange by exchange, through the emulated API Gateway."""

import pytest

from ops.docs.exchanges import customer_api, orders_api
from ops.docs.exchanges.exchange import Exchange
from tests.contract import test_customer_document as customer_document
from tests.contract import test_orders_document as orders_document
from tests.deployed.stack import DeployedWorld
from tests.documents.difference import difference


@pytest.fixture
def demo(deployed_world: DeployedWorld) -> DeployedWorld:
    """The documents' own data, and nothing else."""
    deployed_world.start_over()
    return deployed_world


@pytest.mark.parametrize("exchange", orders_api.EXCHANGES, ids=lambda exchange: exchange.title)
def test_an_exchange_of_the_orders_api_goes_as_printed(demo: DeployedWorld, exchange: Exchange) -> None:
    for title in exchange.after:
        orders_document._play(demo, orders_document._BY_TITLE[title])

    answer = orders_document._play(demo, exchange)

    assert answer.status == exchange.status, answer.text
    assert difference(exchange.response(demo.deployment.address), orders_document._body(answer)) is None


@pytest.mark.parametrize("exchange", customer_api.EXCHANGES, ids=lambda exchange: exchange.title)
def test_an_exchange_of_the_customer_api_goes_as_printed(demo: DeployedWorld, exchange: Exchange) -> None:
    ids = customer_document._prepare(demo, exchange)

    answer = customer_document._play(demo, exchange, ids)

    assert answer.status == exchange.status, answer.text
    assert difference(exchange.response(demo.deployment.address), answer.json) is None
