"""django-oscar's own offer application on baskets given as JSON: a program of its own, for an interpreter of its own.

Apart from the bench because django-oscar and Django are no part of this project: whoever wants to compare installs
them elsewhere (``pip install django-oscar``) and names that interpreter in ``POS_BENCH_OSCAR``. One JSON list in on
stdin: ``lines`` of (category, pieces, minor units) and ``offers`` of (category, kind, figure, least spend). One out:
what was saved, in minor units, and the seconds of processor time that applying the offers took.
"""

import json
import sys
import time
from decimal import Decimal
from typing import Any


def main() -> None:
    """Apply the offers of each case."""
    _set_up()
    json.dump([_apply(case) for case in json.load(sys.stdin)], sys.stdout)


def _set_up() -> None:
    import django  # noqa: PLC0415 - the tables can be made only after the settings are
    import oscar.defaults  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    apps = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sites", "django.contrib.sessions"]
    apps += ["django.contrib.flatpages", "django.contrib.messages"]
    apps += [f"oscar.apps.{name}" for name in _OSCAR_APPS] + ["treebeard", "haystack", "widget_tweaks"]
    said = {name: value for name, value in vars(oscar.defaults).items() if name.startswith("OSCAR_")}
    settings.configure(
        **said | {"OSCAR_DEFAULT_CURRENCY": "CNY"},
        SECRET_KEY="bench",
        INSTALLED_APPS=apps,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        MIGRATION_MODULES=_NoMigrations(),
        SITE_ID=1,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        ROOT_URLCONF="",
    )
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", run_syncdb=True, verbosity=0)


_OSCAR_APPS = (
    *("analytics.apps.AnalyticsConfig", "checkout.apps.CheckoutConfig", "address.apps.AddressConfig"),
    *("shipping.apps.ShippingConfig", "catalogue.apps.CatalogueConfig", "partner.apps.PartnerConfig"),
    *("basket.apps.BasketConfig", "payment.apps.PaymentConfig", "offer.apps.OfferConfig", "order.apps.OrderConfig"),
    *("customer.apps.CustomerConfig", "search.apps.SearchConfig", "voucher.apps.VoucherConfig"),
    *("wishlists.apps.WishlistsConfig", "communication.apps.CommunicationConfig"),
    "catalogue.reviews.apps.CatalogueReviewsConfig",
)


class _NoMigrations:
    """Tables straight from the models: running hundreds of migrations is not what is measured."""

    def __contains__(self, _app: str) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


def _apply(case: dict[str, Any]) -> dict[str, float]:
    from oscar.apps.offer.applicator import Applicator  # noqa: PLC0415
    from oscar.apps.partner.strategy import Default  # noqa: PLC0415
    from oscar.core.loading import get_model  # noqa: PLC0415

    basket = get_model("basket", "Basket").objects.create()
    basket.strategy = Default()
    products: dict[str, list[Any]] = {}
    for category, pieces, unit_minor in case["lines"]:
        product = _product(get_model, Decimal(unit_minor) / 100)
        products.setdefault(category, []).append(product)
        basket.add_product(product, pieces)
    ranges = {}
    for category, goods in products.items():
        ranges[category] = get_model("offer", "Range").objects.create(name=f"{category} {basket.pk}")
        for product in goods:
            ranges[category].add_product(product)
    offers = [_offer(get_model, ranges, basket.pk, number, each) for number, each in enumerate(case["offers"])]
    basket.reset_offer_applications()
    before = basket.total_excl_tax
    begin = time.process_time()
    Applicator().apply_offers(basket, [offer for offer in offers if offer is not None])
    seconds = time.process_time() - begin
    return {"saving_minor": round((before - basket.total_excl_tax) * 100), "seconds": seconds}


def _product(get_model: Any, price: Decimal) -> Any:
    kind, _ = get_model("catalogue", "ProductClass").objects.get_or_create(name="goods", track_stock=False)
    partner, _ = get_model("partner", "Partner").objects.get_or_create(name="partner")
    product = get_model("catalogue", "Product").objects.create(title="goods", product_class=kind)
    number = f"sku-{product.pk}"
    get_model("partner", "StockRecord").objects.create(
        product=product, partner=partner, partner_sku=number, price=price, price_currency="CNY", num_in_stock=10_000
    )
    return product


def _offer(get_model: Any, ranges: dict[str, Any], basket: int, number: int, said: tuple[str, str, int, int]) -> Any:
    """Once on a basket, on goods that no other offer was used for."""
    category, kind, figure, least = said
    goods = ranges.get(category)
    if goods is None:
        return None
    kinds = {"percent": "Percentage", "amount": "Absolute"}
    benefit = get_model("offer", "Benefit").objects.create(range=goods, type=kinds[kind], value=Decimal(figure) / 100)
    condition = get_model("offer", "Condition").objects.create(
        range=goods, type="Value", value=Decimal(max(1, least)) / 100
    )
    return get_model("offer", "ConditionalOffer").objects.create(
        name=f"offer {basket} {number}",
        condition=condition,
        benefit=benefit,
        exclusive=True,
        max_basket_applications=1,
    )


if __name__ == "__main__":
    main()
