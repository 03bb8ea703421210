"""The development shortcut: Chalice's own way, one function for every endpoint."""

from ops.deploy.command import take_down
from ops.deploy.stacks import Stacks
from ops.deploy.upload import template_url, upload, with_archive
from ops.packaging import stages
from ops.packaging.build import chalice_package
from ops.packaging.data import data_template
from ops.packaging.package import text_of
from tests.deployed.stack import DeployedWorld, Deployment


def test_one_function_serves_every_endpoint(deployment: Deployment) -> None:
    stage = stages.load("dev")
    stacks = Stacks(deployment.cloud, pause=0.1)
    data = stacks.prepare(stage.data_stack_name, {"TemplateBody": text_of(data_template(stage))}, {}, {})
    assert data is not None
    stacks.execute(data)
    bucket = stacks.outputs(stage.data_stack_name)["ArchivesBucket"]
    build = chalice_package(stage.name, single=True)
    key = upload(deployment.cloud, bucket, "archives", build.archive, ".zip")
    url = template_url(deployment.cloud, bucket, with_archive(build.template, bucket, key))
    api = stacks.prepare(stage.stack_name, {"TemplateURL": url}, {}, {})
    assert api is not None

    stacks.execute(api)

    api_id = stacks.outputs(stage.stack_name)["RestAPIId"]
    address = deployment.emulator.api_address(api_id, stage.api_stage)
    world = DeployedWorld(Deployment(deployment.package, deployment.emulator, address, deployment.runtime))
    products = world.call("GET", "/api/products/")
    orders = world.call("GET", "/orders/order-l/1/", token=world.token(5))
    assert (products.status, products.json["count"]) == (200, 0)
    assert orders.status == 401  # a token of another stage
    assert len([change for change in api.changes if "AWS::Lambda::Function" in change]) == 1
    take_down(stage, stacks)
