"""A server of pages before its first request: every page loaded, and what stays set aside for good."""

from __future__ import annotations

import gc

from django.urls import get_resolver

# Objects made between two looks for rubbish. A page makes tens of thousands that its end frees by itself.
BETWEEN_LOOKS = 20_000


def warm() -> None:
    """Import all pages, so that nobody waits for it, and look no more through what lives as long as the process.

    Otherwise every few dozen pages one of them pays for a walk over all modules, settings and translations.
    """
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    gc.set_threshold(BETWEEN_LOOKS, 20, 50)
