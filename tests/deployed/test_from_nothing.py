"""The deployed API with nothing in its table: what a person with a mail address can do, all over HTTP."""

import json
import urllib.request

import pytest

from ops.deploy.package.roles import MAIL, POLICY
from tests.deployed.conftest import SENDER
from tests.deployed.stack import DeployedWorld
from tests.support import whole_way
from tests.support.endpoints import ENDPOINTS
from tests.support.mailbox import Mail, Mailbox
from tests.support.staff import Staff


class EmulatedMailbox(Mailbox):
    """What was sent through the emulated Amazon SES."""

    def __init__(self, address: str) -> None:
        super().__init__(SENDER)
        self._address = address

    @property
    def messages(self) -> list[Mail]:
        """The mails, in the order in which they were sent."""
        with urllib.request.urlopen(self._address) as answer:
            sent = json.load(answer)["messages"]
        return [
            (mail["Source"], mail["To"][0], mail["Subject"], mail["BodyText"])
            for mails in sent.values()
            for mail in mails
        ]


@pytest.fixture
def mailbox(deployed_world: DeployedWorld) -> Mailbox:
    """What the functions send."""
    return EmulatedMailbox(deployed_world.deployment.emulator.mails_url)


def test_a_person_with_a_mail_address_gets_from_nothing_to_a_listed_order(
    deployed_world: DeployedWorld, mailbox: Mailbox
) -> None:
    deployed_world.empty()

    whole_way.walk(deployed_world, mailbox)


def test_no_mail_leaves_without_the_statement_for_mail(
    deployed_world: DeployedWorld, mailbox: Mailbox
) -> None:
    deployment = deployed_world.deployment
    user = Staff(deployed_world.runtime).user(confirmed=False)
    iam, role = deployment.cloud.client("iam"), deployment.role_name(ENDPOINTS["mail-code"])
    policy = iam.get_role_policy(RoleName=role, PolicyName=POLICY)["PolicyDocument"]
    without = {**policy, "Statement": [given for given in policy["Statement"] if given["Sid"] != MAIL]}
    sent = len(mailbox.messages)

    iam.put_role_policy(RoleName=role, PolicyName=POLICY, PolicyDocument=json.dumps(without))
    try:
        refused = deployed_world.call(
            "POST", "/verify-info/verify-user-email/", token=deployed_world.token(user.id)
        )
    finally:
        iam.put_role_policy(RoleName=role, PolicyName=POLICY, PolicyDocument=json.dumps(policy))

    assert len(without["Statement"]) == len(policy["Statement"]) - 1
    assert (refused.status, len(mailbox.messages)) == (503, sent)
