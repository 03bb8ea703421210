from tests.support.world import World


def test_lists_the_demo_order(demo_world: World) -> None:
    answer = demo_world.call("GET", "/orders/order-l/1/", token=demo_world.token(5))

    assert answer.status == 200
    assert [order["id"] for order in answer.json] == [1]
