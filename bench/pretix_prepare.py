"""An event of pretix with so many paid tickets, a check-in list and a token, in the folder of PRETIX_CONFIG_FILE.

    python pretix_prepare.py TICKETS

Migrates first. Prints one JSON object: token, list, secrets. Used by `bench beside`.
"""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal


def main(tickets: int) -> None:
    subprocess.run(
        [sys.executable, "-m", "pretix", "migrate"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.environ["DJANGO_SETTINGS_MODULE"] = "pretix.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.utils.timezone import now
    from django_scopes import scopes_disabled
    from pretix.base.models import Event, Order, OrderPosition, Organizer, Team

    # As our own database runs: readers do not stop the writer.
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as file:
        file.execute("PRAGMA journal_mode=WAL")
    with scopes_disabled():
        organizer = Organizer.objects.create(name="bench", slug="bench")
        event = Event.objects.create(
            organizer=organizer,
            name="Friday",
            slug="friday",
            currency="JPY",
            live=True,
            date_from=now() - timedelta(hours=1),
            date_to=now() + timedelta(hours=12),
        )
        item = event.items.create(name="ticket", default_price=Decimal("0"), admission=True)
        # An order of its own for every ticket, as most are bought.
        channel = organizer.sales_channels.get(identifier="web")
        orders = Order.objects.bulk_create(
            [
                Order(
                    organizer=organizer,
                    event=event,
                    code=f"B{at:06d}",
                    email="bench@example.jp",
                    status=Order.STATUS_PAID,
                    datetime=now(),
                    expires=now() + timedelta(days=1),
                    total=Decimal("0"),
                    sales_channel=channel,
                )
                for at in range(tickets)
            ],
            batch_size=500,
        )
        secrets = [f"bench{at:07d}" for at in range(tickets)]
        OrderPosition.objects.bulk_create(
            [
                OrderPosition(
                    organizer=organizer,
                    order=order,
                    item=item,
                    price=Decimal("0"),
                    tax_rate=Decimal("0"),
                    tax_value=Decimal("0"),
                    positionid=1,
                    secret=secret,
                    pseudonymization_id=secret.upper(),
                    attendee_name_parts={"_scheme": "full", "full_name": f"Guest {secret}"},
                )
                for order, secret in zip(orders, secrets)
            ],
            batch_size=500,
        )
        checkins = event.checkin_lists.create(name="door", all_products=True)
        team = Team.objects.create(organizer=organizer, name="door", all_events=True, all_event_permissions=True)
        token = team.tokens.create(name="door").token
    print(json.dumps({"token": token, "list": checkins.pk, "secrets": secrets}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
