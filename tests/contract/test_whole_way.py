"""From an empty table over HTTP to a listed order, with the code from the mail that Amazon SES was given."""

from tests.support import whole_way
from tests.support.mailbox import Mailbox
from tests.support.world import World


def test_a_person_with_a_mail_address_gets_from_nothing_to_a_listed_order(
    mailing_world: World, mailbox: Mailbox
) -> None:
    assert mailing_world.items() == {}

    whole_way.walk(mailing_world, mailbox)
