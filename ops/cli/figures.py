"""Commands for figures: what it costs, and how far it scales."""

import argparse

from ops.cli.command import Command, argument, flag, number


def _costs(options: argparse.Namespace) -> int:
    from ops.costs import page

    if options.write:
        page.write()
    else:
        print(page.page(), end="")
    return 0


def _simulate(options: argparse.Namespace) -> int:
    from ops.scale import page, report

    if options.write:
        page.write()
        return 0
    simulated = report.simulate(options.orders_a_minute, options.orders, options.seed)
    print(report.partitions(simulated))
    print(report.items(simulated), end="")
    return 0


_RATE = number(1, 1_000_000)

COMMANDS = (
    Command(
        "costs",
        "print what requests and months cost, as docs/costs.md has it",
        _costs,
        (flag("--write", "write docs/costs.md"),),
    ),
    Command(
        "simulate",
        "look for the hottest partitions of a shop under load",
        _simulate,
        (
            argument(
                "--orders-a-minute",
                metavar="N",
                type=_RATE,
                default=1_000,
                help="how many orders come a minute, with their browsing (default: %(default)s)",
            ),
            argument(
                "--orders",
                metavar="N",
                type=_RATE,
                default=1_000,
                help="how many are simulated, a second's at least (default: %(default)s)",
            ),
            argument("--seed", type=number(0, 2**31), default=1, help="of what is random (default: 1)"),
            flag("--write", "write the tables of docs/scaling.md, at the rates that it names"),
        ),
    ),
)
